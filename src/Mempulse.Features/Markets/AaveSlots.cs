using Mempulse.Features.Book;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>Where the contracts of Aave V3 keep their state: the pool, and the tokens of what is supplied and of what is owed.</summary>
/// <remarks>Held against the contracts' own code: AaveSlotTests.</remarks>
internal static class AaveSlots
{
    /// <summary>Bits of a scaled balance in a token's word; the upper ones say something else.</summary>
    public const int BalanceBits = 120;

    /// <summary>Bits of the number of an account's efficiency mode.</summary>
    public const int CategoryBits = 8;

    /// <summary>Bits of each half of a word of index and rate.</summary>
    public const int HalfBits = 128;

    /// <summary>Words of a reserve that are read, each as its distance from the first.</summary>
    public static IReadOnlyList<ulong> ReserveWords { get; } = [Configuration, Liquidity, Borrow, Updated, SupplyToken, DebtToken];

    /// <summary>The word of thresholds, decimals and flags.</summary>
    public const ulong Configuration = 0;

    /// <summary>Index and rate of suppliers.</summary>
    public const ulong Liquidity = 1;

    /// <summary>Index and rate of borrowers.</summary>
    public const ulong Borrow = 2;

    /// <summary>Time of the last change, the reserve's place, the end of its grace period.</summary>
    public const ulong Updated = 3;

    /// <summary>The token of what is supplied.</summary>
    public const ulong SupplyToken = 4;

    /// <summary>The token of what is owed.</summary>
    public const ulong DebtToken = 6;

    private const int UpdatedAt = 128;
    private const int TimeBits = 40;
    private const int GraceAt = 184;
    private const int CountAt = 64;
    private const int CountBits = 16;
    private const int AddressBits = 160;

    private static readonly UInt256 s_reserves = 52;
    private static readonly UInt256 s_accounts = 53;
    private static readonly UInt256 s_reserveList = 54;
    private static readonly UInt256 s_categories = 55;
    private static readonly UInt256 s_accountCategories = 56;
    private static readonly UInt256 s_supplyBalances = 52;
    private static readonly UInt256 s_debtBalances = 56;

    /// <summary>The revision of the pool's code that initialized it last.</summary>
    public static UInt256 Revision { get; } = 0;

    /// <summary>The number of places in the pool's list, among other things.</summary>
    public static UInt256 Count { get; } = 59;

    public static int ReadCount(in UInt256 word) => (int)WordField.Read(word, CountAt, CountBits).LowUInt64;

    public static Address ReadAddress(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        WordField.Read(word, 0, AddressBits).WriteBigEndian(bytes);
        return new Address(bytes[^Address.Size..]);
    }

    public static ulong ReadUpdatedAt(in UInt256 word) => WordField.Read(word, UpdatedAt, TimeBits).LowUInt64;

    public static ulong ReadGrace(in UInt256 word) => WordField.Read(word, GraceAt, TimeBits).LowUInt64;

    /// <summary>The place in the pool's list, as the reserve states it.</summary>
    public static int ReadPlace(in UInt256 word) => (int)WordField.Read(word, UpdatedAt + TimeBits, CountBits).LowUInt64;

    /// <summary>The entry of the pool's list at a place.</summary>
    public static UInt256 ListEntry(int place) => MappingSlot.Of((ulong)place, s_reserveList);

    /// <summary>The first word of a reserve.</summary>
    public static UInt256 Reserve(in Address token) => MappingSlot.Of(token, s_reserves);

    /// <summary>What an account uses each reserve for, two bits each.</summary>
    public static UInt256 Account(in Address account) => MappingSlot.Of(account, s_accounts);

    /// <summary>The number of an account's efficiency mode.</summary>
    public static UInt256 AccountCategory(in Address account) => MappingSlot.Of(account, s_accountCategories);

    /// <summary>The terms of an efficiency mode, as revisions from 7 on pack them.</summary>
    public static UInt256 Category(ulong number) => MappingSlot.Of(number, s_categories);

    /// <summary>An account's balance in a token of what is supplied.</summary>
    public static UInt256 SupplyBalance(in Address account) => MappingSlot.Of(account, s_supplyBalances);

    /// <summary>An account's balance in a token of what is owed.</summary>
    public static UInt256 DebtBalance(in Address account) => MappingSlot.Of(account, s_debtBalances);
}
