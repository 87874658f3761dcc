using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Reads the state before the first transaction; returns a value at once, or reports it as missing.</summary>
/// <remarks>Each account, slot and code is read at most once per run. Execution never waits: the caller fetches missing state and runs again.</remarks>
public interface IStateReader
{
    /// <summary>Reads balance, nonce and code hash of an account.</summary>
    ReadOutcome ReadAccount(in Address address, out AccountRecord account);

    /// <summary>Reads a storage slot of an existing account.</summary>
    ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value);

    /// <summary>Reads the code of an account that has code.</summary>
    ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code);

    /// <summary>Reads the hash of one of the 256 blocks before the executed one.</summary>
    ReadOutcome ReadBlockHash(ulong number, out Hash256 hash);
}
