namespace Mempulse.Benchmarks.Devp2p;

/// <summary>Peers: the wire alone, and the lane under the load of a hundred of them.</summary>
internal sealed class Devp2pFigures : IFigures
{
    /// <inheritdoc/>
    public string Area => "p2p";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        WireFigures.Print(output);
        LaneFigures.Print(output);
    }
}
