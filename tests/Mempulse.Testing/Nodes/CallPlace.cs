namespace Mempulse.Testing.Nodes;

/// <summary>How a call was sent.</summary>
public enum CallPlace
{
    /// <summary>Alone or in a batch.</summary>
    Anywhere,

    /// <summary>Alone.</summary>
    Alone,

    /// <summary>In a batch, of one or more calls.</summary>
    InBatch,
}
