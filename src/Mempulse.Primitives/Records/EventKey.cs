namespace Mempulse.Primitives.Records;

/// <summary>Something a record is about.</summary>
/// <param name="Kind">Which kind of key.</param>
/// <param name="Value">Its id; an address is left-padded with zeros.</param>
public readonly record struct EventKey(KeyKind Kind, Hash256 Value)
{
    /// <summary>The key of a transaction.</summary>
    public static EventKey Tx(Hash256 hash) => new(KeyKind.Tx, hash);

    /// <summary>The key of a block.</summary>
    public static EventKey Block(Hash256 hash) => new(KeyKind.Block, hash);

    /// <summary>The key of a peer, by the Keccak-256 of its public key.</summary>
    public static EventKey Peer(Hash256 hash) => new(KeyKind.Peer, hash);

    /// <summary>The key of an opportunity.</summary>
    public static EventKey Opp(Hash256 id) => new(KeyKind.Opp, id);

    /// <summary>The key of a simulation.</summary>
    public static EventKey Sim(Hash256 id) => new(KeyKind.Sim, id);

    /// <summary>The key of a bundle.</summary>
    public static EventKey Bundle(Hash256 id) => new(KeyKind.Bundle, id);

    /// <summary>The key of an account.</summary>
    public static EventKey Sender(Address address)
    {
        Span<byte> padded = stackalloc byte[Hash256.Size];
        padded[..(Hash256.Size - Address.Size)].Clear();
        address.CopyTo(padded[(Hash256.Size - Address.Size)..]);
        return new EventKey(KeyKind.Sender, new Hash256(padded));
    }

    /// <summary>The account of a <see cref="KeyKind.Sender"/> key.</summary>
    public Address ToAddress()
    {
        Span<byte> padded = stackalloc byte[Hash256.Size];
        Value.CopyTo(padded);
        return new Address(padded[(Hash256.Size - Address.Size)..]);
    }

    /// <summary>The id in hex: 20 bytes for an account, 32 for everything else.</summary>
    public override string ToString() => Kind == KeyKind.Sender ? ToAddress().ToString() : Value.ToString();
}
