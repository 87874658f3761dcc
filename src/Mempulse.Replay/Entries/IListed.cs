namespace Mempulse.Replay.Entries;

/// <summary>An entry of at most one <see cref="ArrivalList{T}"/>, linked through itself.</summary>
/// <typeparam name="T">The entry.</typeparam>
public interface IListed<T>
    where T : class
{
    /// <summary>The entry that came before it.</summary>
    T? Previous { get; set; }

    /// <summary>The entry that came after it.</summary>
    T? Following { get; set; }

    /// <summary>Its number in its list, from 1; 0 while it is in none. Part of the entry's encoding.</summary>
    ulong ListOrdinal { get; set; }
}
