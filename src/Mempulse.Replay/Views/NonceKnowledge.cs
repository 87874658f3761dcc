namespace Mempulse.Replay.Views;

/// <summary>Where an account's next nonce is known from. The number is in checkpoints.</summary>
public enum NonceKnowledge
{
    /// <summary>Not known: the lowest waiting nonce is assumed to be next.</summary>
    Assumed = 0,

    /// <summary>A node told it, or blocks were missed since the chain showed it; a node may correct it.</summary>
    Reported = 1,

    /// <summary>The canonical chain showed it: an inclusion or an authorisation.</summary>
    Chain = 2,
}
