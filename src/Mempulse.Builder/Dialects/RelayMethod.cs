namespace Mempulse.Builder.Dialects;

/// <summary>What a builder can be asked to do, whatever it calls it.</summary>
public enum RelayMethod
{
    /// <summary>Include these transactions, all or none.</summary>
    SendBundle = 0,

    /// <summary>Forget the bundle with this UUID.</summary>
    CancelBundle = 1,

    /// <summary>Simulate a bundle.</summary>
    CallBundle = 2,

    /// <summary>Include a bundle, in the form of MEV-Share.</summary>
    SendMevBundle = 3,

    /// <summary>Include one transaction and show it to no one.</summary>
    SendPrivateTransaction = 4,

    /// <summary>Say what became of a bundle. Its answer is evidence; nothing depends on it.</summary>
    BundleStatistics = 5,
}
