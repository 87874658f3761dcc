using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Primitives;

namespace Mempulse.Builder.Requests;

/// <summary>What a builder is asked for, in no builder's words.</summary>
public abstract record RelayCommand
{
    private RelayCommand(RelayMethod method) => Method = method;

    /// <summary>The method that does it.</summary>
    public RelayMethod Method { get; }

    /// <summary>Include a bundle.</summary>
    public sealed record Send(RelayBundle Bundle) : RelayCommand(RelayMethod.SendBundle);

    /// <summary>Forget the bundle with a UUID.</summary>
    /// <param name="Uuid">The UUID under which it was sent.</param>
    /// <param name="Sequence">Higher than that of the bundle.</param>
    public sealed record Cancel(string Uuid, ulong Sequence) : RelayCommand(RelayMethod.CancelBundle);

    /// <summary>Simulate a bundle.</summary>
    /// <param name="Bundle">The bundle.</param>
    /// <param name="StateBlock">The block on whose state it starts.</param>
    /// <param name="TimestampSeconds">The time of the simulated block; null for the builder's choice.</param>
    public sealed record Simulate(RelayBundle Bundle, BlockNumber StateBlock, ulong? TimestampSeconds) : RelayCommand(RelayMethod.CallBundle);

    /// <summary>Include a bundle, in the form of MEV-Share.</summary>
    /// <param name="Bundle">The bundle.</param>
    /// <param name="MaxBlock">The last block for which it is; null for its target only.</param>
    public sealed record SendMev(RelayBundle Bundle, BlockNumber? MaxBlock) : RelayCommand(RelayMethod.SendMevBundle);

    /// <summary>Include one transaction and show it to no one.</summary>
    /// <param name="Transaction">The transaction.</param>
    /// <param name="MaxBlock">The last block for which it is; null for the builder's choice.</param>
    public sealed record SendPrivate(BundleTransaction Transaction, BlockNumber? MaxBlock) : RelayCommand(RelayMethod.SendPrivateTransaction);

    /// <summary>Say what became of a bundle.</summary>
    /// <param name="BundleHash">The hash with which the builder answered.</param>
    public sealed record AskStatistics(Hash256 BundleHash) : RelayCommand(RelayMethod.BundleStatistics);
}
