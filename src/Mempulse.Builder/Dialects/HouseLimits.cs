namespace Mempulse.Builder.Dialects;

/// <summary>What we send at most to a builder that states no limit.</summary>
/// <remarks>The strictest stated sizes of all builders with open documentation (Flashbots), and 36 requests a slot.</remarks>
internal static class HouseLimits
{
    /// <summary>Transactions of a bundle.</summary>
    public const int Transactions = 100;

    /// <summary>Bytes of a bundle's transactions.</summary>
    public const int BundleBytes = 300_000;

    /// <summary>Bytes of a body: the bundle in hex and its envelope.</summary>
    public const int RequestBytes = (2 * BundleBytes) + 65_536;

    /// <summary>Requests in <see cref="PeriodMilliseconds"/>.</summary>
    public const int Requests = 30;

    /// <summary>The period of <see cref="Requests"/>.</summary>
    public const int PeriodMilliseconds = 10_000;

    /// <summary>The limit of a kind.</summary>
    public static DialectLimit Of(LimitKind kind) => kind switch
    {
        LimitKind.Transactions => new(kind, Transactions, Source: null),
        LimitKind.BundleBytes => new(kind, BundleBytes, Source: null),
        LimitKind.RequestBytes => new(kind, RequestBytes, Source: null),
        LimitKind.Requests or LimitKind.StatisticsRequests => new(kind, Requests, Source: null, PeriodMilliseconds),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
