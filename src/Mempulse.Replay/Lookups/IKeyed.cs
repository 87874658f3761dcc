namespace Mempulse.Replay.Lookups;

/// <summary>A value that a table finds by its key. The key does not change while the value is in a table.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public interface IKeyed<TKey>
    where TKey : struct
{
    /// <summary>The key.</summary>
    TKey Key { get; }
}
