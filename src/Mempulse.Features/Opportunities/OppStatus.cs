namespace Mempulse.Features.Opportunities;

/// <summary>Where an opportunity is in its life.</summary>
public enum OppStatus
{
    /// <summary>It holds.</summary>
    Open = 0,

    /// <summary>It no longer holds. A reorg may reopen it.</summary>
    Invalidated,

    /// <summary>It was not used in time.</summary>
    Expired,
}
