namespace Mempulse.Primitives.Events;

/// <summary>What a request asks a relay for. The number is on disk.</summary>
public enum RelayCommandKind
{
    /// <summary>Not known; never written.</summary>
    None = 0,

    /// <summary>To take a bundle.</summary>
    SendBundle = 1,

    /// <summary>To forget the bundles of a UUID.</summary>
    CancelBundle = 2,

    /// <summary>To simulate a bundle.</summary>
    CallBundle = 3,

    /// <summary>To take a transaction.</summary>
    SendPrivateTransaction = 4,

    /// <summary>What it knows about a bundle.</summary>
    BundleStatistics = 5,
}
