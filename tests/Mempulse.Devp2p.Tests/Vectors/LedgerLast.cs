using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Mempulse.Devp2p.Tests.Vectors.LedgerLast))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Mempulse.Devp2p.Tests.Vectors;

/// <summary>Runs the suites by name and the ledger after them.</summary>
public sealed class LedgerLast : ITestCollectionOrderer
{
    public const string Collection = "Ledger";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName == Collection)
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
