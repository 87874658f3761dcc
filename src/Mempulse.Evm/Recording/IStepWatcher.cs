using Mempulse.Evm.Frames;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Recording;

/// <summary>Observes every instruction of a transaction. Confined to the thread of the executor.</summary>
internal interface IStepWatcher
{
    /// <summary>Called before each instruction.</summary>
    void Step(ref Machine machine, byte instruction);

    /// <summary>Called when a call or creation starts or ends, so the gas after the last instruction is known.</summary>
    void FinishStep();

    /// <summary>Called at the end of the transaction.</summary>
    void End(TxExecution execution);
}
