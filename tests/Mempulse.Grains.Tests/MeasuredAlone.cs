namespace Mempulse.Grains.Tests;

/// <summary>Tests that listen to the whole process, and so run without other tests in parallel.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
