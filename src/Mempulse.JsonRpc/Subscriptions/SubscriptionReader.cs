using System.Text.Json;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Subscriptions;

/// <summary>Reads the messages of a connection with one subscription: the answer to eth_subscribe, notifications, and everything else that nodes send.</summary>
/// <remarks>Each message is delivered as a notification or reported as unread; none is ignored. Confined to the connection's receive loop.</remarks>
internal sealed class SubscriptionReader(ISubscriptionListener listener)
{
    /// <summary>The method of notifications.</summary>
    private const string Method = "eth_subscription";

    /// <summary>Notifications kept until the id of the subscription is known.</summary>
    internal const int MaxEarly = 1_024;

    /// <summary>Maximum size of the kept notifications in characters.</summary>
    private const int MaxEarlyChars = 4 << 20;

    private readonly Queue<(string? Id, JsonElement Result)> _early = new();
    private int _earlyChars;
    private string? _id;

    /// <summary>True once the node has answered eth_subscribe.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>The node's refusal of the subscription; <see cref="RpcRefusal.None"/> if it did not refuse.</summary>
    public RpcRefusal Refusal { get; private set; }

    /// <summary>True if notifications arrived before the answer to eth_subscribe.</summary>
    public bool HasEarly => _early.Count > 0;

    /// <summary>Reads a message.</summary>
    public void Read(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in message.EnumerateArray())
            {
                ReadOne(one);
            }
        }
        else
        {
            ReadOne(message);
        }
    }

    /// <summary>Begins to deliver although the node did not answer eth_subscribe: its notifications show that it subscribed.</summary>
    public void Begin() => Begin(id: null);

    private void ReadOne(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            listener.Unread($"A message is {Describe(message)}: expected a JSON-RPC object.");
        }
        else if (message.TryGetProperty("method"u8, out var method))
        {
            ReadNotification(message, method);
        }
        else if (!IsAnswered && (message.TryGetProperty("result"u8, out _) || message.TryGetProperty("error"u8, out _)))
        {
            ReadAnswer(RpcAnswer.Read(message));
        }
        else
        {
            listener.Unread("A message is neither a notification nor an answer to a call of ours.");
        }
    }

    /// <summary>The only call on this connection is eth_subscribe, so the id of the answer is not needed.</summary>
    private void ReadAnswer(in RpcAnswer answer)
    {
        if (answer.IsRefused)
        {
            Refusal = answer.Refusal;
            IsAnswered = true;
            return;
        }

        Begin(SubscriptionId.Read(answer.Result));
    }

    private void Begin(string? id)
    {
        IsAnswered = true;
        _id = id;
        _earlyChars = 0;
        while (_early.TryDequeue(out var early))
        {
            Deliver(early.Id, early.Result);
        }
    }

    private void ReadNotification(JsonElement message, JsonElement method)
    {
        if (method.ValueKind != JsonValueKind.String || !method.ValueEquals(Method))
        {
            listener.Unread($"The method of a message is {Describe(method)}: expected {Method}.");
        }
        else if (!message.TryGetProperty("params"u8, out var parameters) || !TryReadParameters(parameters, out string? id, out var result))
        {
            listener.Unread("A notification has no result.");
        }
        else if (IsAnswered)
        {
            Deliver(id, result);
        }
        else
        {
            KeepEarly(id, result);
        }
    }

    /// <summary>Reads {subscription, result, ...}, the same in a list, or a list of id and result.</summary>
    private static bool TryReadParameters(JsonElement parameters, out string? id, out JsonElement result)
    {
        if (parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() >= 2)
        {
            id = SubscriptionId.Read(parameters[0]);
            result = parameters[1];
            return true;
        }

        var members = parameters.ValueKind == JsonValueKind.Array && parameters.GetArrayLength() == 1 ? parameters[0] : parameters;
        id = null;
        result = default;
        if (members.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        id = members.TryGetProperty("subscription"u8, out var subscription) ? SubscriptionId.Read(subscription) : null;
        return members.TryGetProperty("result"u8, out result);
    }

    private void KeepEarly(string? id, JsonElement result)
    {
        int chars = result.GetRawText().Length;
        if (_early.Count >= MaxEarly || _earlyChars + chars > MaxEarlyChars)
        {
            listener.Unread("Too many notifications arrived before the answer to eth_subscribe.");
            return;
        }

        _earlyChars += chars;
        _early.Enqueue((id, result.Clone()));
    }

    /// <summary>Delivers a notification of our subscription. Without an id, it can only be ours: the connection has one subscription.</summary>
    private void Deliver(string? id, JsonElement result)
    {
        _id ??= id;
        if (id is null || id == _id)
        {
            listener.Notified(result);
        }
        else
        {
            listener.Unread("A notification belongs to another subscription.");
        }
    }

    /// <summary>Describes an element without its content, which comes from the node and has any length.</summary>
    private static string Describe(JsonElement element)
    {
        const int maxShownChars = 64;
        return element.ValueKind == JsonValueKind.String
            && element.GetString() is { Length: <= maxShownChars } name
            && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? $"'{name}'"
            : $"of kind {element.ValueKind}";
    }
}
