namespace Mempulse.Grains.Tests.Worlds;

/// <summary>What becomes of a call to a sequencer in a test.</summary>
public enum SequencerFate
{
    /// <summary>The log decides, and its answer arrives.</summary>
    Answered,

    /// <summary>The call times out before the log has the batch.</summary>
    TimedOut,

    /// <summary>The log has the batch, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>The silo of the sequencer is gone.</summary>
    SiloGone,

    /// <summary>The log refuses: the volume is full.</summary>
    NoRoom,

    /// <summary>The log has failed or is fenced.</summary>
    Unavailable,

    /// <summary>The call hangs until the test releases it.</summary>
    Hangs,

    /// <summary>The call fails with what no retry helps against.</summary>
    Bug,
}
