using System.Text.Json;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Features.Flows;

/// <summary>Labels the transactions of a simulation from its trace: call trees in the format of geth's callTracer with logs.</summary>
/// <remarks>Confined to its caller.</remarks>
/// <param name="chain">The chain.</param>
/// <param name="block">The block whose entries of the registry hold.</param>
/// <param name="registry">What decodes the calls; null to read only what moved.</param>
/// <param name="wrappedEther">The token that wraps the chain's ether; null if it is not known.</param>
public sealed class TraceReader(ChainId chain, BlockNumber block, ContractRegistry? registry, Address? wrappedEther)
{
    /// <summary>An object and an array for each of 1,025 nested frames.</summary>
    private const int MaxJsonDepth = 4_096;

    private readonly DecodeTree _tree = new();
    private readonly TradeReader _trades = new();

    /// <summary>The label of each transaction, in order.</summary>
    /// <exception cref="JsonException">The bytes are not a trace.</exception>
    /// <exception cref="FormatException">The bytes are not a trace.</exception>
    /// <exception cref="InvalidOperationException">The bytes are not a trace.</exception>
    public IReadOnlyList<TransactionLabel> Read(ReadOnlyMemory<byte> trace)
    {
        using var document = JsonDocument.Parse(trace, new JsonDocumentOptions { MaxDepth = MaxJsonDepth });
        return [.. document.RootElement.EnumerateArray().Select(Label)];
    }

    private TransactionLabel Label(JsonElement call)
    {
        var sender = AddressOf(call, "from") ?? default;
        bool isCreation = call.GetProperty("type").GetString() is "CREATE" or "CREATE2";
        var target = isCreation ? null : AddressOf(call, "to");
        FlowReading? reading = null;
        if (!call.TryGetProperty("error", out _))
        {
            var flows = new TransactionFlows(wrappedEther) { HasInnerEther = true };
            Take(call, flows);
            reading = FlowClassifier.Read(flows, sender, target);
        }

        return new TransactionLabel(registry is null ? FlowLabel.Unknown : ByAbi(registry, call, sender, target), reading);
    }

    private FlowLabel ByAbi(ContractRegistry known, JsonElement call, Address sender, Address? target)
    {
        byte[] data = BytesOf(call, "input");
        new CallDecoder(known).Decode(new CallRequest { Chain = chain, Block = block, Sender = sender, Target = target, Value = ValueOf(call), Data = data }, _tree);
        return CallLabels.Of(_tree, _trades.Read(_tree, known.WrappedEther(chain)));
    }

    /// <summary>Takes a call and those in it. The protocol bounds the depth of the recursion.</summary>
    private static void Take(JsonElement call, TransactionFlows flows)
    {
        if (call.TryGetProperty("error", out _))
        {
            return; // undone, with all that is in it
        }

        if (call.GetProperty("type").GetString() is "CALL" or "CREATE" or "CREATE2" or "SELFDESTRUCT" && AddressOf(call, "from") is { } from && AddressOf(call, "to") is { } to)
        {
            flows.AddEther(from, to, ValueOf(call));
        }

        foreach (var inner in call.TryGetProperty("calls", out var calls) ? calls.EnumerateArray() : default)
        {
            Take(inner, flows);
        }

        foreach (var log in call.TryGetProperty("logs", out var logs) ? logs.EnumerateArray() : default)
        {
            var topics = log.GetProperty("topics").EnumerateArray().Select(static topic => Hash256.Parse(topic.GetString()!)).ToList();
            flows.AddLog(AddressOf(log, "address") ?? default, topics, BytesOf(log, "data"));
        }
    }

    private static Address? AddressOf(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? Address.Parse(text.GetString()!) : null;

    private static byte[] BytesOf(JsonElement element, string name) => element.TryGetProperty(name, out var text) && text.GetString() is { Length: >= 2 } hex ? Convert.FromHexString(hex.AsSpan(2)) : [];

    private static UInt256 ValueOf(JsonElement call)
    {
        if (!call.TryGetProperty("value", out var text) || text.GetString() is not { Length: > 2 } hex)
        {
            return UInt256.Zero;
        }

        return UInt256.FromBigEndian(Convert.FromHexString(hex[2..].PadLeft((hex.Length - 1) / 2 * 2, '0')));
    }
}
