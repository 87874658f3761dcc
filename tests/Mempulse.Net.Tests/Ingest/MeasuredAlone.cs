namespace Mempulse.Net.Tests.Ingest;

/// <summary>Tests that measure the whole process, and so run without other tests in parallel.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
