using Mempulse.ChainState;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Features.Decoding;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Simulations;

/// <summary>Reads from the state of the newest block whose code accounts run.</summary>
/// <remarks>A Safe is recognised by its code, which compares the selector with that of masterCopy() before it delegates: <see href="https://github.com/safe-global/safe-smart-account/blob/main/contracts/proxies/SafeProxy.sol"/>.</remarks>
internal static class DelegateReader
{
    /// <summary>keccak256("eip1967.proxy.implementation") - 1: <see href="https://eips.ethereum.org/EIPS/eip-1967"/>.</summary>
    private static readonly UInt256 s_implementation = UInt256.FromBigEndian(Convert.FromHexString("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc"));

    /// <summary>The code of a minimal proxy around the 20 bytes of its implementation: <see href="https://eips.ethereum.org/EIPS/eip-1167"/>.</summary>
    private static readonly byte[] s_minimalStart = Convert.FromHexString("363d3d373d3d3d363d73");
    private static readonly byte[] s_minimalEnd = Convert.FromHexString("5af43d82803e903d91602b57fd5bf3");

    /// <summary>PUSH32 of the selector of masterCopy(), which the proxy answers itself.</summary>
    private static readonly byte[] s_masterCopy = [0x7f, 0xa6, 0x19, 0x48, 0x6e, .. new byte[28]];

    /// <summary>Reads some accounts.</summary>
    /// <exception cref="StateUnavailableException">No node has the newest block.</exception>
    public static async Task<CodeDelegatesAnswer> ReadAsync(IStateProvider provider, IReadOnlyList<Address> accounts, CancellationToken cancellationToken)
    {
        var header = await provider.HeaderAsync("latest", cancellationToken).ConfigureAwait(false);
        var block = header.ComputeHash();
        var state = await provider.AtAsync(block, cancellationToken).ConfigureAwait(false);
        var found = new List<CodeDelegateView>();
        string problem = string.Empty;
        foreach (var account in accounts)
        {
            var reading = new StateReading(state, cancellationToken);
            if (await FindAsync(reading, account).ConfigureAwait(false) is { } code)
            {
                found.Add(new CodeDelegateView(account, code.Code, (int)code.Kind));
            }

            if (reading.Failure is { } failure)
            {
                problem = $"The code of {account} could not be read: {(failure is SimOutcome.StateMismatch ? "the block's state root refutes the node's answer" : "the node did not provide it")}.";
            }
        }

        return new CodeDelegatesAnswer { HasState = true, Delegates = found, Block = block, Number = header.Number, IsProven = state.Trust == StateTrust.Verified, Problem = problem };
    }

    private static async Task<DelegatedCode?> FindAsync(StateReading state, Address account)
    {
        if (await state.CodeOfAsync(account).ConfigureAwait(false) is not { Length: > 0 } code)
        {
            return null;
        }

        if (code.TryGetDelegate(out var delegated))
        {
            return new DelegatedCode(account, delegated, DelegateKind.Delegation);
        }

        if (TryReadMinimal(code.Bytes, out var implementation))
        {
            return new DelegatedCode(account, implementation, DelegateKind.MinimalProxy);
        }

        if (await state.SlotAsync(account, s_implementation).ConfigureAwait(false) is { IsZero: false } slot)
        {
            return new DelegatedCode(account, Address.OfWord(slot), DelegateKind.ImplementationSlot);
        }

        return code.Bytes.IndexOf(s_masterCopy) >= 0 && await state.SlotAsync(account, UInt256.Zero).ConfigureAwait(false) is { IsZero: false } singleton
            ? new DelegatedCode(account, Address.OfWord(singleton), DelegateKind.Safe)
            : null;
    }

    private static bool TryReadMinimal(ReadOnlySpan<byte> code, out Address implementation)
    {
        bool isMinimal = code.Length == s_minimalStart.Length + Address.Size + s_minimalEnd.Length && code.StartsWith(s_minimalStart) && code.EndsWith(s_minimalEnd);
        implementation = isMinimal ? new Address(code.Slice(s_minimalStart.Length, Address.Size)) : default;
        return isMinimal;
    }

    /// <summary>Reads parts of a state, fetching what is not known yet. After a failure nothing more is read.</summary>
    private sealed class StateReading(IBlockState state, CancellationToken cancellationToken)
    {
        /// <summary>Why a part could not be read; null if all were.</summary>
        public SimOutcome? Failure { get; private set; }

        public async Task<ContractCode?> CodeOfAsync(Address account)
        {
            while (Failure is null)
            {
                switch (state.Reader.ReadAccount(account, out var record))
                {
                    case ReadOutcome.Absent:
                        return null;
                    case ReadOutcome.Missing:
                        await FetchAsync(new StateGap.OfAccount(account)).ConfigureAwait(false);
                        continue;
                    case ReadOutcome.Found when record.CodeHash == Keccak256.OfNothing:
                        return null;
                }

                if (state.Reader.ReadCode(account, record.CodeHash, out var code) != ReadOutcome.Missing)
                {
                    return code;
                }

                await FetchAsync(new StateGap.OfCode(account, record.CodeHash)).ConfigureAwait(false);
            }

            return null;
        }

        public async Task<UInt256?> SlotAsync(Address account, UInt256 slot)
        {
            while (Failure is null)
            {
                if (state.Reader.ReadStorage(account, slot, out var value) != ReadOutcome.Missing)
                {
                    return value;
                }

                await FetchAsync(new StateGap.OfSlot(account, slot)).ConfigureAwait(false);
            }

            return null;
        }

        private async Task FetchAsync(StateGap gap) => Failure = await state.FetchAsync(gap, cancellationToken).ConfigureAwait(false);
    }
}
