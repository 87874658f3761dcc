using System.Text.Json;

namespace Mempulse.JsonRpc.Subscriptions;

/// <summary>Receives what a subscription delivers. Called in order, from one thread at a time; must not block.</summary>
public interface ISubscriptionListener
{
    /// <summary>Receives the result of a notification, which is valid during the call.</summary>
    void Notified(JsonElement result);

    /// <summary>Receives the reason, as a sentence, why a message of the node is not a notification of the subscription.</summary>
    void Unread(string why);
}
