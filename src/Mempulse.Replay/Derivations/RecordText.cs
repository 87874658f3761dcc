using System.Text.Json;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Describes a derived record, and where two of them differ, with the names and values of <see cref="EventJson"/>.</summary>
/// <param name="catalog">The kinds of events.</param>
public sealed class RecordText(EventCatalog catalog)
{
    private const string Nothing = "nothing";

    /// <summary>A short description of the record, also of one that does not decode.</summary>
    public string Describe(in RecordView record)
    {
        try
        {
            return catalog.Decode(record) is { } known ? $"{catalog.NameOf(record.Kind)} {EventJson.PayloadOf(known)}" : $"a record of kind {(int)record.Kind}";
        }
        catch (EventDecodeException malformed)
        {
            return $"a malformed {catalog.NameOf(record.Kind)} ({malformed.Message})";
        }
    }

    /// <summary>The first member that differs, by name, with both values. Call it for records that are not equal to the byte.</summary>
    /// <remarks>Of the header it compares kind, version, time, source and keys; position, lane, local sequence and cause are the caller's.</remarks>
    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is there.</param>
    public (string Field, string Expected, string Actual) FirstDifference(in RecordView expected, in RecordView actual)
    {
        if (expected.Kind != actual.Kind)
        {
            return ("type", catalog.NameOf(expected.Kind), catalog.NameOf(actual.Kind));
        }

        if (expected.Version != actual.Version)
        {
            return ("version", $"{expected.Version}", $"{actual.Version}");
        }

        if (expected.Timestamp != actual.Timestamp)
        {
            return ("time", expected.Timestamp.ToRfc3339(), actual.Timestamp.ToRfc3339());
        }

        if (expected.Source != actual.Source)
        {
            return ("source", expected.Source.ToString(), actual.Source.ToString());
        }

        return FirstDifferentKey(expected, actual) ?? FirstDifferentField(expected, actual);
    }

    private static (string Field, string Expected, string Actual)? FirstDifferentKey(in RecordView expected, in RecordView actual)
    {
        for (int i = 0; i < EventKeys.KindCount; i++)
        {
            var kind = (KeyKind)i;
            bool isExpected = expected.TryGetKey(kind, out var should);
            bool isThere = actual.TryGetKey(kind, out var found);
            if (isExpected != isThere || should != found)
            {
                return (EventJson.NameOf(kind), isExpected ? should.ToString() : Nothing, isThere ? found.ToString() : Nothing);
            }
        }

        return null;
    }

    private (string Field, string Expected, string Actual) FirstDifferentField(in RecordView expected, in RecordView actual)
    {
        try
        {
            if (catalog.Decode(expected) is { } should && catalog.Decode(actual) is { } found)
            {
                using var left = JsonDocument.Parse(EventJson.PayloadOf(should));
                using var right = JsonDocument.Parse(EventJson.PayloadOf(found));
                if (FirstDifference(string.Empty, left.RootElement, right.RootElement) is { } difference)
                {
                    return difference;
                }
            }

            return ("payload", HexOf(expected.Payload), HexOf(actual.Payload));
        }
        catch (EventDecodeException malformed)
        {
            return ("payload", "well-formed", malformed.Message);
        }
    }

    /// <summary>The first value that differs below a path, such as "transactions[3].nonce".</summary>
    private static (string Field, string Expected, string Actual)? FirstDifference(string path, JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                string name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (FirstDifference(name, member.Value, actual.GetProperty(member.Name)) is { } difference)
                {
                    return difference;
                }
            }

            return null;
        }

        if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
        {
            int common = int.Min(expected.GetArrayLength(), actual.GetArrayLength());
            for (int i = 0; i < common; i++)
            {
                if (FirstDifference($"{path}[{i}]", expected[i], actual[i]) is { } difference)
                {
                    return difference;
                }
            }

            return expected.GetArrayLength() == actual.GetArrayLength()
                ? null
                : ($"{path}.length", $"{expected.GetArrayLength()}", $"{actual.GetArrayLength()}");
        }

        return TextOf(expected) == TextOf(actual) ? null : (path, TextOf(expected), TextOf(actual));
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Nothing,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string HexOf(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
