namespace Mempulse.Devp2p.Forks;

/// <summary>The result of validating a remote fork id. EIP-2124, validation rules 1 to 4.</summary>
public enum ForkCompatibility
{
    /// <summary>The remote node can be on our chain.</summary>
    Compatible,

    /// <summary>The remote node has not passed a fork that we have passed, and does not announce it: it needs an upgrade.</summary>
    RemoteStale,

    /// <summary>The remote node is on another chain, or passed a fork that we do not know.</summary>
    LocalIncompatibleOrStale,
}
