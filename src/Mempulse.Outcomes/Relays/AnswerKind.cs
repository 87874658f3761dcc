namespace Mempulse.Outcomes.Relays;

/// <summary>How an attempt counts for the health of its relay. The number is in checkpoints.</summary>
internal enum AnswerKind
{
    /// <summary>The relay took it.</summary>
    Accepted = 0,

    /// <summary>The relay answered as relays do, and did not take it.</summary>
    Refused = 1,

    /// <summary>The relay did not answer, or not as a relay does.</summary>
    Failed = 2,
}
