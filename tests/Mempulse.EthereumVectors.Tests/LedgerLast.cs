using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: TestCollectionOrderer(typeof(Mempulse.EthereumVectors.Tests.LedgerLast))]

namespace Mempulse.EthereumVectors.Tests;

/// <summary>Orders the suites by name and the ledger after them.</summary>
public sealed class LedgerLast : ITestCollectionOrderer
{
    public const string Collection = "Ledger";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName == Collection)
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
