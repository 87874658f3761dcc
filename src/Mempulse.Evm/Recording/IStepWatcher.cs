using Mempulse.Evm.Frames;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Recording;

/// <summary>Hears of every instruction of the transactions it watches. Confined to the thread of their executor.</summary>
internal interface IStepWatcher
{
    /// <summary>An instruction is about to run.</summary>
    void Step(ref Machine machine, byte instruction);

    /// <summary>The instruction before has run: a call or creation begins or ends.</summary>
    void Settle();

    /// <summary>The transaction is over.</summary>
    void End(TxExecution execution);
}
