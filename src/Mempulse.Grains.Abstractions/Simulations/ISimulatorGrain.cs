using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>Simulates bundles on the state of a chain's blocks. Simulations run in parallel, up to a limit. Its key is the chain id.</summary>
[Alias("mempulse.ISimulatorGrain")]
public interface ISimulatorGrain : IGrainWithStringKey
{
    /// <summary>Simulates a bundle and records the result.</summary>
    [Alias("Simulate")]
    ValueTask<SimAnswer> Simulate(SimQuery query);

    /// <summary>Asks the state of the newest block whose code accounts run: delegated accounts and proxies.</summary>
    /// <param name="accounts">At most <see cref="CodeDelegatesAnswer.MaxAccounts"/>; with more, nothing is read.</param>
    [Alias("ReadCodeDelegates")]
    ValueTask<CodeDelegatesAnswer> ReadCodeDelegates(IReadOnlyList<Address> accounts);

    /// <summary>Asks the nodes that state is read from whether they have a transaction. Takes one of the simulator's slots; nothing is recorded.</summary>
    [Alias("AskNodes")]
    ValueTask<NodesAnswer> AskNodes(Hash256 tx);
}
