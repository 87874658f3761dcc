using System.Globalization;

namespace Mempulse.Ethereum.Abi;

/// <summary>Reads a signature from left to right.</summary>
/// <remarks>Confined to one call of <see cref="AbiFunction.Parse"/>.</remarks>
internal sealed class AbiSignatureParser
{
    private readonly string _text;
    private int _position;

    public AbiSignatureParser(string text)
    {
        if (text.Length > AbiBounds.MaxSignatureLength)
        {
            throw new FormatException($"A signature of {text.Length} characters is too long: the limit is {AbiBounds.MaxSignatureLength}.");
        }

        _text = text;
    }

    public (string Name, AbiType Arguments) Function()
    {
        string name = Identifier();
        if (name.Length == 0)
        {
            throw Malformed("a name");
        }

        var arguments = Tuple(depth: 1);
        SkipSpaces();
        return _position == _text.Length ? (name, arguments) : throw Malformed("the end");
    }

    private AbiType Tuple(int depth)
    {
        Expect('(');
        var members = new List<AbiParameter>();
        while (!TryTake(')'))
        {
            if (members.Count > 0)
            {
                Expect(',');
            }

            var type = Type(depth);
            members.Add(new AbiParameter(Identifier(), type));
        }

        return AbiType.TupleOf(members);
    }

    private AbiType Type(int depth)
    {
        if (depth > AbiBounds.MaxDepth)
        {
            throw new FormatException($"'{_text}' is not a valid signature: its types are nested more than {AbiBounds.MaxDepth} deep.");
        }

        SkipSpaces();
        bool isTuple = _position < _text.Length && _text[_position] == '(';
        var type = isTuple ? Tuple(depth + 1) : Elementary(Identifier());
        if (isTuple && type.Members.Count == 0)
        {
            throw Malformed("a member");
        }

        while (TryTake('['))
        {
            if (++depth > AbiBounds.MaxDepth)
            {
                throw new FormatException($"'{_text}' is not a valid signature: its types are nested more than {AbiBounds.MaxDepth} deep.");
            }

            type = AbiType.ArrayOf(type, Count());
            Expect(']');
            if (type.ContentHeadBytes > AbiBounds.MaxFixedCount * AbiType.WordBytes)
            {
                throw new FormatException($"'{_text}' is not a valid signature: a fixed array has more than {AbiBounds.MaxFixedCount} words.");
            }
        }

        return type;
    }

    /// <summary>The number between brackets; 0 for an array of any length.</summary>
    private int Count()
    {
        SkipSpaces();
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        if (_position == start)
        {
            return 0;
        }

        return int.TryParse(_text.AsSpan(start, _position - start), NumberStyles.None, NumberFormatInfo.InvariantInfo, out int count)
            && count is > 0 and <= AbiBounds.MaxFixedCount
            ? count
            : throw Malformed($"a number from 1 to {AbiBounds.MaxFixedCount}", start);
    }

    private AbiType Elementary(string name)
    {
        var type = name switch
        {
            "address" => AbiType.Value(AbiKind.Address, 0),
            "bool" => AbiType.Value(AbiKind.Bool, 0),
            "bytes" => AbiType.Value(AbiKind.Bytes, 0),
            "string" => AbiType.Value(AbiKind.Text, 0),
            "function" => AbiType.Value(AbiKind.FixedBytes, 24),
            "uint" => AbiType.Value(AbiKind.UnsignedInteger, 256),
            "int" => AbiType.Value(AbiKind.SignedInteger, 256),
            _ when Width(name, "uint", 256, 8) is { } bits => AbiType.Value(AbiKind.UnsignedInteger, bits),
            _ when Width(name, "int", 256, 8) is { } bits => AbiType.Value(AbiKind.SignedInteger, bits),
            _ when Width(name, "bytes", 32, 1) is { } bytes => AbiType.Value(AbiKind.FixedBytes, bytes),
            _ => null,
        };
        return type ?? throw new FormatException($"'{name}' in '{_text}' is not a valid type: expected an elementary ABI type or a tuple.");
    }

    private static int? Width(string name, string prefix, int most, int step) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, NumberFormatInfo.InvariantInfo, out int width)
        && width > 0 && width <= most && width % step == 0 && name[prefix.Length] != '0'
            ? width
            : null;

    private string Identifier()
    {
        SkipSpaces();
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] is '_' or '$'))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private bool TryTake(char expected)
    {
        SkipSpaces();
        if (_position < _text.Length && _text[_position] == expected)
        {
            _position++;
            return true;
        }

        return false;
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Malformed($"'{expected}'");
        }
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] == ' ')
        {
            _position++;
        }
    }

    private FormatException Malformed(string expected) => Malformed(expected, _position);

    private FormatException Malformed(string expected, int position) => new($"'{_text}' is not a valid signature: expected {expected} at character {position}.");
}
