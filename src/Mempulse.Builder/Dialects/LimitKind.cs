namespace Mempulse.Builder.Dialects;

/// <summary>What a builder limits.</summary>
public enum LimitKind
{
    /// <summary>Transactions of a bundle, inclusive.</summary>
    Transactions = 0,

    /// <summary>Bytes of a bundle's transactions, inclusive.</summary>
    BundleBytes = 1,

    /// <summary>Bytes of a request's body, inclusive.</summary>
    RequestBytes = 2,

    /// <summary>Requests in a period.</summary>
    Requests = 3,

    /// <summary>Questions about bundles in a period.</summary>
    StatisticsRequests = 4,
}
