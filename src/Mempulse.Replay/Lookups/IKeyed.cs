namespace Mempulse.Replay.Lookups;

/// <summary>Something that a table finds by its key. The key does not change while it is in a table.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public interface IKeyed<TKey>
    where TKey : struct
{
    /// <summary>The key.</summary>
    TKey Key { get; }
}
