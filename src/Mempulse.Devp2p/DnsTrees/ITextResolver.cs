namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Resolves DNS TXT records.</summary>
public interface ITextResolver
{
    /// <summary>Returns the TXT record of a name with its character strings joined; null when it cannot be resolved.</summary>
    Task<string?> ResolveAsync(string name, CancellationToken cancellationToken);
}
