namespace Mempulse.Net.Tests.Ingest;

/// <summary>Tests that measure the whole process, and so run while no other test does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
