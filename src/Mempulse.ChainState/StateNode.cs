using Mempulse.Ethereum.Signatures;
using Mempulse.JsonRpc.Calls;

namespace Mempulse.ChainState;

/// <summary>A node that state is fetched from.</summary>
internal sealed class StateNode(string name, RpcClient client, ISenderRecovery recovery)
{
    /// <summary>The name of its endpoint.</summary>
    public string Name => name;

    /// <summary>The client for calls to it.</summary>
    public RpcClient Client => client;

    /// <summary>What it predicts about accesses.</summary>
    public AccessPrediction Prediction { get; } = new(client, recovery);
}
