namespace Mempulse.Api.Tests;

/// <summary>Tests of metrics run without other hosts: the meter provider of a host listens to all meters of the process, and a host that ends beside it ends instruments of the same name.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
