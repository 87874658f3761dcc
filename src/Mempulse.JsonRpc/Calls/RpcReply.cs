using System.Globalization;
using System.Text.Json;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Calls;

/// <summary>One message of a node in reply to one request: the answers to its calls, or one refusal of all of them.</summary>
/// <param name="Message">The message; null if the node sent an HTTP status without a readable body.</param>
/// <param name="Whole">The refusal of the whole request; <see cref="RpcRefusal.None"/> if the calls are answered one by one.</param>
/// <param name="Answers">The answers in the order of the calls; a call without an answer is malformed.</param>
internal sealed record RpcReply(JsonDocument? Message, RpcRefusal Whole, RpcAnswer[] Answers)
{
    /// <summary>A refusal of all calls.</summary>
    public static RpcReply Refused(in RpcRefusal refusal) => new(null, refusal, []);

    /// <summary>Reads the reply to a single call, whose id is not checked: the exchange has only one call.</summary>
    public static RpcReply ReadSingle(JsonDocument message)
    {
        var root = message.RootElement;
        var response = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 1 ? root[0] : root;
        return new RpcReply(message, RpcRefusal.None, [RpcAnswer.Read(response)]);
    }

    /// <summary>Reads the reply to a batch. Two answers with one id contradict each other, so neither is used.</summary>
    public static RpcReply ReadBatch(JsonDocument message, int calls)
    {
        var root = message.RootElement;
        if (root.ValueKind != JsonValueKind.Array)
        {
            var refusal = RpcAnswer.Read(root).Refusal;
            return new RpcReply(message, refusal.IsRefused ? refusal : RpcRefusal.Malformed, []);
        }

        if (calls > 1 && root.GetArrayLength() == 1 && IndexOf(root[0], calls) is null && RpcAnswer.Read(root[0]) is { IsRefused: true } only)
        {
            return new RpcReply(message, only.Refusal, []);
        }

        var answers = new RpcAnswer[calls];
        Array.Fill(answers, RpcAnswer.Malformed);
        bool[] isAnswered = new bool[calls];
        foreach (var response in root.EnumerateArray())
        {
            if (IndexOf(response, calls) is { } index)
            {
                answers[index] = isAnswered[index] ? RpcAnswer.Malformed : RpcAnswer.Read(response);
                isAnswered[index] = true;
            }
        }

        return new RpcReply(message, RpcRefusal.None, answers);
    }

    /// <summary>Returns the call that a response answers. Ids are sent as numbers; some gateways return them as text, decimal or hex.</summary>
    private static int? IndexOf(JsonElement response, int calls)
    {
        if (response.ValueKind != JsonValueKind.Object || !response.TryGetProperty("id"u8, out var id))
        {
            return null;
        }

        int index;
        bool isRead = id.ValueKind switch
        {
            JsonValueKind.Number => id.TryGetInt32(out index) || TryReadWhole(id, out index),
            JsonValueKind.String => TryReadText(id.GetString()!, out index),
            _ => (index = -1) >= 0,
        };
        return isRead && index >= 0 && index < calls ? index : null;
    }

    private static bool TryReadWhole(JsonElement id, out int index)
    {
        bool isWhole = id.TryGetDecimal(out decimal value) && value == decimal.Truncate(value) && value is >= 0 and <= int.MaxValue;
        index = isWhole ? (int)value : -1;
        return isWhole;
    }

    private static bool TryReadText(string text, out int index) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out index)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
