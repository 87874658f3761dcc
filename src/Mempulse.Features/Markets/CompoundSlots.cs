using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>Where a market of Compound V3 keeps its state. Its terms are no state: they are in its code.</summary>
/// <remarks>Held against the code of mainnet's first market, run on such storage: CompoundSlotTests.</remarks>
internal static class CompoundSlots
{
    /// <summary>Bits of an index.</summary>
    public const int IndexBits = 64;

    /// <summary>Bits of a principal; that of an account has a sign.</summary>
    public const int PrincipalBits = 104;

    /// <summary>Bits of the word of totals that change with an event; the time behind them also changes without one.</summary>
    public const int TotalBits = 2 * PrincipalBits;

    /// <summary>Bits of an amount of collateral.</summary>
    public const int CollateralBits = 128;

    /// <summary>The first bit of the collaterals that an account has, a bit each: 16 in all versions, and 24 in later ones, which keep the others at zero before.</summary>
    public const int AssetsAt = 232;

    /// <summary>Collaterals that a market can have.</summary>
    public const int MaxAssets = 24;

    private const int TimeBits = 40;
    private const int FlagsAt = TotalBits + TimeBits;
    private const int AbsorbFlag = FlagsAt + 3;
    private const int BuyFlag = FlagsAt + 4;

    private static readonly UInt256 s_collaterals = 2;
    private static readonly UInt256 s_accounts = 5;
    private static readonly UInt256 s_balances = 6;

    /// <summary>The indexes of lenders and of borrowers.</summary>
    public static UInt256 Indexes { get; } = 0;

    /// <summary>Principals lent and borrowed, the time of the last accrual, and what is paused.</summary>
    public static UInt256 Totals { get; } = 1;

    public static ulong ReadTime(in UInt256 totals) => WordField.Read(totals, TotalBits, TimeBits).LowUInt64;

    public static bool IsAbsorbPaused(in UInt256 totals) => !WordField.Read(totals, AbsorbFlag, 1).IsZero;

    public static bool IsBuyPaused(in UInt256 totals) => !WordField.Read(totals, BuyFlag, 1).IsZero;

    /// <summary>What all accounts have of a collateral.</summary>
    public static UInt256 Collateral(in Address token) => MappingSlot.Of(token, s_collaterals);

    /// <summary>An account's principal and which collaterals it has.</summary>
    public static UInt256 Account(in Address account) => MappingSlot.Of(account, s_accounts);

    /// <summary>An account's balance of a collateral.</summary>
    public static UInt256 Balance(in Address account, in Address token) => MappingSlot.Of(token, MappingSlot.Of(account, s_balances));

    /// <summary>What an account owes, by its principal; zero for one that lends.</summary>
    public static UInt256 ReadBorrowed(in UInt256 account)
    {
        var principal = WordField.Read(account, 0, PrincipalBits);
        bool isNegative = principal.BitLength == PrincipalBits;
        return isNegative ? WordField.Place(1, PrincipalBits) - principal : UInt256.Zero;
    }

    /// <summary>Whether an account has a collateral.</summary>
    public static bool Has(in UInt256 account, int asset) => !WordField.Read(account, AssetsAt + asset, 1).IsZero;
}
