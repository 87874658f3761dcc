namespace Mempulse.Devp2p.Forks;

/// <summary>What two fork ids say of their chains. EIP-2124, validation rules 1 to 4.</summary>
public enum ForkCompatibility
{
    /// <summary>Nothing speaks against it.</summary>
    Compatible,

    /// <summary>The other has not passed a fork that we know of, and does not know of it: it will be left behind.</summary>
    RemoteStale,

    /// <summary>The other is on another chain, or we have not heard of its fork.</summary>
    LocalIncompatibleOrStale,
}
