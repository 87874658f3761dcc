namespace Mempulse.Features.Flows;

/// <summary>What a transaction is for, by both classifiers.</summary>
/// <param name="ByAbi">What its decoded call says.</param>
/// <param name="Flow">What moved; null if it failed, so that nothing did.</param>
public sealed record TransactionLabel(FlowLabel ByAbi, FlowReading? Flow)
{
    /// <summary>What moved says what happened, so it wins where both know.</summary>
    public FlowLabel Label => IsKnown(ByFlow) ? ByFlow : IsKnown(ByAbi) ? ByAbi : ByFlow;

    /// <summary>Who gave it.</summary>
    public FlowSource Source => (IsKnown(ByAbi), IsKnown(ByFlow)) switch
    {
        (true, true) => ByAbi == ByFlow ? FlowSource.Both : FlowSource.Flow,
        (true, false) => FlowSource.Abi,
        (false, true) => FlowSource.Flow,
        _ => FlowSource.Neither,
    };

    /// <summary>True if both know, and say different things. A call that only approves moves nothing, so that is no disagreement.</summary>
    public bool IsDisagreement => IsKnown(ByAbi) && Flow is { IsCut: false } && ByFlow != FlowLabel.Unknown && ByAbi != ByFlow && !(ByAbi == FlowLabel.Approval && ByFlow == FlowLabel.None);

    /// <summary>What moved, as a label.</summary>
    public FlowLabel ByFlow => Flow?.Label ?? FlowLabel.Unknown;

    private static bool IsKnown(FlowLabel label) => label is not (FlowLabel.Unknown or FlowLabel.None);
}
