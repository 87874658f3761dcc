using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The state before the first transaction: answers at once, or says that it does not know.</summary>
/// <remarks>Each question is asked once per run. Execution never waits: whoever runs it fetches what was missing and runs again.</remarks>
public interface IStateReader
{
    /// <summary>Balance, nonce and code hash of an account.</summary>
    ReadOutcome ReadAccount(in Address address, out AccountRecord account);

    /// <summary>A slot of an account that exists.</summary>
    ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value);

    /// <summary>The code of an account that has some.</summary>
    ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code);

    /// <summary>The hash of one of the 256 blocks before the one being executed.</summary>
    ReadOutcome ReadBlockHash(ulong number, out Hash256 hash);
}
