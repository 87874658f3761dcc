namespace Mempulse.Features.Opportunities;

/// <summary>How many opportunities there are, and what bounds left out since the log began.</summary>
public sealed record OpportunityCounts
{
    /// <summary>Opportunities that hold.</summary>
    public required int Open { get; init; }

    /// <summary>Opportunities that no longer hold and may be reopened.</summary>
    public required int Closed { get; init; }

    /// <summary>Pending transactions that are followed.</summary>
    public required int Triggers { get; init; }

    /// <summary>Opportunities that were detected.</summary>
    public required ulong Detected { get; init; }

    /// <summary>Opportunities that were handed on to simulation, those that were reopened counted again.</summary>
    public required ulong HandedOn { get; init; }

    /// <summary>Opportunities that ranked below what their block may hand on.</summary>
    public required ulong RankedBelow { get; init; }

    /// <summary>Gains that no simulation can show, so that they were not handed on: each says why. Those that were reopened are counted again.</summary>
    public required ulong NotSimulable { get; init; }

    /// <summary>What strategies did not look at or keep in one transaction.</summary>
    public required ulong LeftOut { get; init; }

    /// <summary>Opportunities for which there was no room; one that is found again at the next look counts once.</summary>
    public required ulong NotKept { get; init; }

    /// <summary>Pending transactions for which there was no room.</summary>
    public required ulong NotFollowed { get; init; }

    /// <summary>Times that a pending transaction was not looked at again although its pools changed.</summary>
    public required ulong NotLookedAtAgain { get; init; }

    /// <summary>Opportunities that were forgotten before their base was final, so that a reorg could not reopen them.</summary>
    public required ulong Forgotten { get; init; }

    /// <summary>Tokens between those of a moved pool and others whose pools were not looked at.</summary>
    public required ulong ThirdTokensLeftOut { get; init; }

    /// <summary>All that a bound left out.</summary>
    public ulong BeyondBounds => RankedBelow + LeftOut + NotKept + NotFollowed + NotLookedAtAgain + Forgotten + ThirdTokensLeftOut;
}
