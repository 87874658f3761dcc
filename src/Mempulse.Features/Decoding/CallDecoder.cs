using System.Buffers.Binary;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>Decodes calldata into a tree of calls, as far as the registry knows them.</summary>
/// <remarks>
/// <para>Partial: a call that cannot be decoded is a node that says why, and the calls beside it are decoded nevertheless. A contract's own
/// functions win over the table of selectors, unless only another router's layout encodes the call. A proxy or a delegated account has the functions of the contract whose code it runs, where
/// the request says which one that is. Of a contract that is not known, a function counts only if the calldata is its canonical encoding, down to the inputs of its commands.</para>
/// <para>Immutable and thread-safe; a tree belongs to one caller. Bounded by <see cref="DecodeBounds"/>.</para>
/// </remarks>
public sealed partial class CallDecoder(ContractRegistry registry)
{
    /// <summary>Decodes a call into a tree, which is cleared first.</summary>
    public void Decode(in CallRequest request, DecodeTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        tree.Clear();
        var root = new CallNode(NodeKind.Call, -1, 0, request.Target ?? default, 0, request.Data.Length) { Sender = request.Sender, Value = request.Value };
        if (request.Target is null)
        {
            tree.TryAdd(root with { Kind = NodeKind.Creation, Status = DecodeStatus.Undecodable, Failure = DecodeFailure.Deployment }, out _);
        }
        else if (request.Data.Length > DecodeBounds.MaxCalldataBytes)
        {
            tree.TryAdd(root with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.TooLarge }, out _);
        }
        else
        {
            Call(request, tree, root);
        }
    }

    private void Call(in CallRequest request, DecodeTree tree, CallNode node)
    {
        node = node with { Contract = registry.Find(new ContractKey(request.Chain, node.Target), request.Block) };
        if (node.Contract is null && request.Delegates?.Find(node.Target) is { } code)
        {
            node = node with { Delegate = code, Contract = registry.Find(new ContractKey(request.Chain, code.Code), request.Block) };
        }

        var data = request.Data.Slice(node.OffsetBytes, node.LengthBytes);
        if (data.IsEmpty)
        {
            tree.TryAdd(node with { Kind = NodeKind.Payment, Status = DecodeStatus.Decoded }, out _);
        }
        else if (data.Length < AbiFunction.SelectorBytes)
        {
            tree.TryAdd(node with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.NoSelector }, out _);
        }
        else if (node.Depth > DecodeBounds.MaxDepth)
        {
            tree.TryAdd(node with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.TooDeep }, out _);
        }
        else if (node.Contract is { } contract && contract.Functions.TryFind(BinaryPrimitives.ReadUInt32BigEndian(data), out var function))
        {
            OwnFunction(request, tree, node, function);
        }
        else
        {
            BySelector(request, tree, node, registry.FindBySelector(BinaryPrimitives.ReadUInt32BigEndian(data)));
        }
    }

    /// <summary>Reads a function of the contract as the contract does. A call with commands that only another layout encodes was made for another router.</summary>
    private void OwnFunction(in CallRequest request, DecodeTree tree, in CallNode node, FunctionEntry function)
    {
        if (function.Inner is InnerRule.Commands)
        {
            var mark = tree.Mark;
            if (Function(request, tree, node, function, DecodeStatus.Decoded, Strictness.Canonical))
            {
                return;
            }

            tree.Rewind(mark);
            foreach (var other in registry.FindBySelector(function.Selector))
            {
                bool fits = other.Layout != function.Layout && Function(request, tree, node, other, DecodeStatus.BySelector, Strictness.Canonical);
                tree.Rewind(mark);
                if (fits)
                {
                    tree.TryAdd(node with { Status = DecodeStatus.AmbiguousLayout }, out _);
                    return;
                }
            }
        }

        Function(request, tree, node, function, DecodeStatus.Decoded, Strictness.Readable);
    }

    /// <summary>Takes the one function whose canonical encoding the calldata is, or one of several that read every call and command in it alike.</summary>
    private void BySelector(in CallRequest request, DecodeTree tree, in CallNode node, ReadOnlySpan<FunctionEntry> candidates)
    {
        int chosen = -1;
        string[] reading = [];
        var mark = tree.Mark;
        for (int i = 0; i < candidates.Length; i++)
        {
            bool fits = Function(request, tree, node, candidates[i], DecodeStatus.BySelector, Strictness.Canonical);
            if (fits && candidates.Length == 1)
            {
                return;
            }

            string[] signatures = fits ? tree.SignaturesAfter(mark) : reading;
            tree.Rewind(mark);
            if (fits && chosen >= 0 && !signatures.AsSpan().SequenceEqual(reading))
            {
                tree.TryAdd(node with { Status = DecodeStatus.AmbiguousLayout }, out _);
                return;
            }

            (chosen, reading) = (fits && chosen < 0 ? i : chosen, signatures);
        }

        if (chosen >= 0)
        {
            Function(request, tree, node, candidates[chosen], DecodeStatus.BySelector, Strictness.Canonical);
            return;
        }

        tree.TryAdd(candidates.IsEmpty
            ? node with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.UnknownSelector }
            : node with { Status = DecodeStatus.AmbiguousLayout }, out _);
    }

    /// <summary>Adds a node for a function and what is inside it.</summary>
    /// <returns>False if its arguments, or those of a command inside it, are not as strictly encoded as required.</returns>
    private bool Function(in CallRequest request, DecodeTree tree, in CallNode unnamed, FunctionEntry function, DecodeStatus status, Strictness strictness)
    {
        var node = unnamed with { Function = function, Status = status };
        var encoding = request.Data.Slice(node.OffsetBytes + node.SelectorBytes, node.LengthBytes - node.SelectorBytes);
        var fault = Open(function, encoding, strictness, tree, out var arguments);
        if (fault != AbiFault.None)
        {
            tree.TryAdd(node with { Status = DecodeStatus.Undecodable, Failure = FailureOf(fault) }, out _);
            return false;
        }

        if (!tree.TryAdd(node, out int index))
        {
            return true;
        }

        var scope = CallScope.Of(arguments, in node, registry, request);
        EffectReader.Read(function, scope, node, index, tree);
        int start = node.OffsetBytes + node.SelectorBytes;
        switch (function.Inner)
        {
            case InnerRule.Calls calls:
                Calls(request, tree, node, index, calls, scope, start);
                return true;
            case InnerRule.Packed packed:
                Packed(request, tree, node, index, packed, scope, start);
                return true;
            case InnerRule.Commands commands:
                return Commands(request, tree, node, index, commands, arguments, start, strictness);
            default:
                return true;
        }
    }

    private void Calls(in CallRequest request, DecodeTree tree, in CallNode node, int index, InnerRule.Calls rule, in CallScope scope, int start)
    {
        if (rule.Elements is not { } elements)
        {
            InnerCall(request, tree, node, index, rule, scope, start);
            return;
        }

        if (scope.Follow(elements, out var array) != AbiFault.None || array.ReadCount(out int count) != AbiFault.None)
        {
            return;
        }

        for (int i = 0; i < count && !tree.IsCut; i++)
        {
            if (array.ReadElement(i, out var element) == AbiFault.None)
            {
                InnerCall(request, tree, node, index, rule, scope.At(element), start);
            }
        }
    }

    private void InnerCall(in CallRequest request, DecodeTree tree, in CallNode node, int index, InnerRule.Calls rule, in CallScope scope, int start)
    {
        int length = node.LengthBytes;
        int offset = 0;
        if (!rule.IsWholeInput)
        {
            if (scope.Follow(rule.Data, out var data) != AbiFault.None || data.ReadBytes(out var content, out offset) != AbiFault.None)
            {
                return;
            }

            length = content.Length;
        }

        bool isSelf = rule.Target.Source == PathSource.Target;
        Call(request, tree, new CallNode(NodeKind.Call, index, node.Depth + 1, scope.ReadAddress(rule.Target) ?? default, start + offset, length)
        {
            Sender = isSelf ? node.Sender : node.Target,
            Value = isSelf ? node.Value : rule.Value is { } path && scope.TryRead(path, out var amount) ? amount : UInt256.Zero,
        });
    }

    private bool Commands(
        in CallRequest request, DecodeTree tree, in CallNode node, int index, InnerRule.Commands rule, in AbiValue arguments, int start, Strictness strictness)
    {
        if (rule.Bytes.Follow(arguments, out var bytes) != AbiFault.None || bytes.ReadBytes(out var commands, out _) != AbiFault.None
            || rule.Inputs.Follow(arguments, out var inputs) != AbiFault.None || inputs.ReadCount(out int inputCount) != AbiFault.None)
        {
            return false;
        }

        bool isStrict = commands.Length == inputCount;
        for (int i = 0; i < commands.Length && !tree.IsCut; i++)
        {
            var (offset, length) = (0, 0);
            bool hasInput = i < inputCount && TryReadInput(inputs, i, out offset, out length);
            var command = new CallNode(NodeKind.Command, index, node.Depth + 1, node.Target, hasInput ? start + offset : 0, length) { Sender = node.Sender, Command = commands[i] };
            if (!hasInput)
            {
                tree.TryAdd(command with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.MissingInput }, out _);
                isStrict = false;
                continue;
            }

            if (rule.Table.Find(commands[i]) is not { } entry)
            {
                tree.TryAdd(command with { Status = DecodeStatus.UnknownCommand }, out _);
                isStrict = false;
            }
            else if (command.Depth > DecodeBounds.MaxDepth)
            {
                tree.TryAdd(command with { Status = DecodeStatus.Undecodable, Failure = DecodeFailure.TooDeep }, out _);
                isStrict = false;
            }
            else
            {
                isStrict &= Function(request, tree, command, entry, node.Status, strictness);
            }
        }

        return isStrict || strictness == Strictness.Readable;
    }

    private static bool TryReadInput(in AbiValue inputs, int index, out int offset, out int length)
    {
        (offset, length) = (0, 0);
        if (inputs.ReadElement(index, out var input) != AbiFault.None || input.ReadBytes(out var content, out offset) != AbiFault.None)
        {
            return false;
        }

        length = content.Length;
        return true;
    }

    private static AbiFault Open(FunctionEntry function, ReadOnlySpan<byte> encoding, Strictness strictness, DecodeTree tree, out AbiValue arguments)
    {
        if (!AbiValue.TryOpen(function.Function.Arguments, encoding, function.Offsets, out arguments))
        {
            return AbiFault.Truncated;
        }

        return function.Inner is { IsWholeInput: true } ? AbiFault.None
            : strictness == Strictness.Canonical
            ? AbiCheck.Canonical(function.Function.Arguments, encoding, ref tree.PartsLeft)
            : AbiCheck.Readable(arguments, ref tree.PartsLeft);
    }

    private static DecodeFailure FailureOf(AbiFault fault) => fault switch
    {
        AbiFault.Truncated => DecodeFailure.Truncated,
        AbiFault.OffsetOutOfRange => DecodeFailure.OffsetOutOfRange,
        AbiFault.LengthOutOfRange => DecodeFailure.LengthOutOfRange,
        AbiFault.TooManyParts => DecodeFailure.TooManyParts,
        _ => DecodeFailure.None,
    };

    private enum Strictness
    {
        Readable,
        Canonical,
    }
}
