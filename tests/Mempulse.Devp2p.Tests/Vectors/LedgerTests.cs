namespace Mempulse.Devp2p.Tests.Vectors;

/// <summary>Runs last (<see cref="LedgerLast"/>), after every other test has read its vectors.</summary>
[Collection(LedgerLast.Collection)]
public sealed class LedgerTests
{
    [Fact]
    public void Every_vector_file_is_read() => Assert.All(DevP2pVectors.Names, name => Assert.True(DevP2pVectors.IsRead(name), $"{name} is never read."));
}
