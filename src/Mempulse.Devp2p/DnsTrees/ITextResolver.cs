namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Looks up TXT records: the seat of a DNS client.</summary>
public interface ITextResolver
{
    /// <summary>The text of a name, its pieces joined; null when there is none.</summary>
    Task<string?> ResolveAsync(string name, CancellationToken cancellationToken);
}
