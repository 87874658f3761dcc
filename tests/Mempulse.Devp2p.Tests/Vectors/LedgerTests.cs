namespace Mempulse.Devp2p.Tests.Vectors;

/// <summary>Runs last (<see cref="LedgerLast"/>): by then every suite has read what it reads.</summary>
[Collection(LedgerLast.Collection)]
public sealed class LedgerTests
{
    [Fact]
    public void Every_vector_file_is_read() => Assert.All(DevP2pVectors.Names, name => Assert.True(DevP2pVectors.IsRead(name), $"{name} is never read."));
}
