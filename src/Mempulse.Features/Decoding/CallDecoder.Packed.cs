using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Decoding;

/// <content>Calls that are packed without the ABI.</content>
public sealed partial class CallDecoder
{
    /// <summary>The call type of ERC-7579 for an array.</summary>
    private const byte ArrayMode = 1;

    private static readonly AbiFunction s_executions = AbiFunction.Parse("executions((address target, uint256 value, bytes callData)[] executions)");
    private static readonly InnerRule.Calls s_executionCalls = FunctionReader.Executions(s_executions.Arguments);

    private void Packed(in CallRequest request, DecodeTree tree, in CallNode node, int index, InnerRule.Packed rule, in CallScope scope, int start)
    {
        if (scope.Follow(rule.Bytes, out var value) != AbiFault.None || value.ReadBytes(out var bytes, out int offset) != AbiFault.None)
        {
            return;
        }

        start += offset;
        bool isArray = rule.Mode is { } mode && scope.TryRead(mode, out var word) && word.ByteAt(0) == ArrayMode;
        if (isArray)
        {
            if (AbiValue.TryOpen(s_executions.Arguments, bytes, AbiOffsets.Forward, out var arguments) && AbiCheck.Readable(arguments, ref tree.PartsLeft) == AbiFault.None)
            {
                Calls(request, tree, node, index, s_executionCalls, CallScope.Of(arguments, in node, registry, request), start);
            }

            return;
        }

        var calls = new PackedCalls(bytes, rule.Form);
        while (!tree.IsCut && calls.TryRead(out var target, out var ether, out int data, out int length))
        {
            Call(request, tree, new CallNode(NodeKind.Call, index, node.Depth + 1, target, start + data, length)
            {
                Sender = rule.Form == PackedForm.MultiSend ? node.Sender : node.Target, // MultiSend runs as the Safe that calls it
                Value = ether,
            });
        }
    }
}
