namespace Mempulse.Dashboard.Alerting;

/// <summary>What is known of a rule here.</summary>
internal enum RuleStanding
{
    /// <summary>It does not hold.</summary>
    Quiet,

    /// <summary>It holds, but not for long enough yet.</summary>
    Pending,

    /// <summary>It fires.</summary>
    Firing,

    /// <summary>Only Prometheus can tell.</summary>
    Elsewhere,
}
