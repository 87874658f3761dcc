using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Nodes;

namespace Mempulse.Benchmarks.Hostile;

/// <summary>The faults that the table has a line for.</summary>
internal static class NodeFaults
{
    private const int HugeFrameBytes = 50 << 20;
    private const int FloodMessages = 20_000;
    private const int LateCalls = 4;

    /// <summary>No fault, for comparison.</summary>
    public static NodeFault None { get; } = new("no fault", NodeScript.Honest);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NodeFault> All { get; } =
    [
        None,
        Receipts("receipts late (null at first)", static (count, answer) => count <= LateCalls ? "null" : answer.GetRawText()),
        Receipts("receipts empty ([])", static (_, _) => "[]"),
        Receipts("receipts null", static (_, _) => "null"),
        Receipts("receipts false (status turned)", static (_, answer) => answer.GetRawText().Replace("\"status\":\"0x1\"", "\"status\":\"0x0\"", StringComparison.Ordinal)),
        new("receipts refused", Refusing("eth_getBlockReceipts", -32000, "internal").With("eth_getTransactionReceipt", new NodeReply.Refusal(-32000, "internal"))),
        new("ids: number for hex", NodeScript.Honest) { NotifiedId = "2748" },
        new("ids: hex for number", NodeScript.Honest with { SubscriptionId = "2748" }) { NotifiedId = "\"0x0abc\"" },
        new("ids: of another subscription", NodeScript.Honest) { NotifiedId = "\"0x7\"" },
        .. Refusals(),
        .. new[] { 1, 2, 5, 10, 20, 50 }.Select(static limit => new NodeFault($"batch limit {limit}", new NodeScript { MaxBatch = limit, BatchRefusal = new NodeReply.Refusal(-32600, "invalid request") })),
        new("backend one block behind", NodeScript.Honest) { Change = Lag },
        Transactions("transactions without chainId and v", static tx =>
        {
            tx.Remove("chainId");
            tx.Remove("v");
        }),
        Transactions("transactions of a foreign type", static tx => tx["type"] = "0x7e"),
        new("silence", NodeScript.Honest.With("*", new NodeReply.Silence())) { IsMute = true },
        new("silence after the subscription", new NodeScript { Rules = [new NodeRule("*", new NodeReply.Silence()) { FirstCall = 3 }] }) { IsMute = true },
        new($"flood of {FloodMessages:N0} unreadable messages", NodeScript.Honest) { Noise = [.. Enumerable.Repeat("{\"method\":\"spam\",\"params\":[7]}", FloodMessages)] },
        new("frames of 50 MB", NodeScript.Honest) { Noise = [$"{{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{{\"subscription\":\"0xabc\",\"result\":\"{new string('x', HugeFrameBytes)}\"}}}}"] },
        None with { Name = "no fault, after these" },
    ];

    private static NodeScript Refusing(string method, int code, string message) => NodeScript.Honest.With(method, new NodeReply.Refusal(code, message));

    private static IEnumerable<NodeFault> Refusals() => new (int Code, string Message)[]
    {
        (-32601, "the method eth_getRawTransactionByHash does not exist/is not available"),
        (-32001, "rpc method is not whitelisted"),
        (-32600, "invalid request"),
        (-32600, "eth_getRawTransactionByHash is unsupported in batch"),
        (-32004, "method not supported"),
        (-32005, "limit exceeded, retry after 300ms"),
        (-32000, "Please upgrade your plan"),
        (0, ""),
    }.Select(static refusal => new NodeFault(
        $"refuses bodies: {refusal.Code} {refusal.Message}",
        new NodeScript
        {
            Rules =
            [
                new NodeRule("eth_getRawTransactionByHash", new NodeReply.Refusal(refusal.Code, refusal.Message))
                {
                    Place = refusal.Message.Contains("batch", StringComparison.Ordinal) ? CallPlace.InBatch : CallPlace.Anywhere,
                    LastCall = refusal.Code == -32005 ? 40 : int.MaxValue,
                },
            ],
        }));

    private static NodeFault Receipts(string name, Func<int, JsonElement, string> change) => new(name, NodeScript.Honest)
    {
        Change = (method, count, answer) => method is "eth_getBlockReceipts" or "eth_getTransactionReceipt" ? change(count, answer) : answer.GetRawText(),
    };

    private static NodeFault Transactions(string name, Action<JsonObject> change) => new(name, NodeScript.Honest)
    {
        Change = (method, _, answer) =>
        {
            if (method is not ("eth_getBlockByHash" or "eth_getTransactionByHash") || JsonNode.Parse(answer.GetRawText()) is not JsonObject read)
            {
                return answer.GetRawText();
            }

            foreach (var tx in (read["transactions"] as JsonArray ?? [read.DeepClone()]).OfType<JsonObject>())
            {
                change(tx);
            }

            return read.ToJsonString();
        },
    };

    /// <summary>Every second answer about the head is that of a node one block behind.</summary>
    private static string? Lag(string method, int count, JsonElement answer) => method == "eth_getBlockByNumber latest" && count % 2 == 0 ? null : answer.GetRawText();
}
