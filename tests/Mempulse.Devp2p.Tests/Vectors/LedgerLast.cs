using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Mempulse.Devp2p.Tests.Vectors.LedgerLast))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Mempulse.Devp2p.Tests.Vectors;

/// <summary>Orders the test collections by name, with the ledger last.</summary>
public sealed class LedgerLast : ITestCollectionOrderer
{
    public const string Collection = "Ledger";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName == Collection)
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
