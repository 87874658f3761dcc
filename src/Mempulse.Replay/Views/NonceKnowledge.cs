namespace Mempulse.Replay.Views;

/// <summary>How an account's next nonce is known. The number is in checkpoints.</summary>
public enum NonceKnowledge
{
    /// <summary>Not known: the lowest waiting nonce is assumed to be next.</summary>
    Assumed = 0,

    /// <summary>A node reported it, or blocks were missed since the chain proved it; a node may correct it.</summary>
    Reported = 1,

    /// <summary>The canonical chain proved it: an inclusion or an authorisation.</summary>
    Chain = 2,
}
