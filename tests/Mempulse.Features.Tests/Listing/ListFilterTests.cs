using Mempulse.Features.Flags;
using Mempulse.Features.Listing;
using Mempulse.Features.Registry;
using Mempulse.Features.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Listing;

/// <summary>Each filter chooses its transactions and no other, and all of them hold together.</summary>
public sealed class ListFilterTests
{
    private static readonly string[] _names = ["swap", "timed", "pay", "gap", "cheap", "seen", "move"];
    private readonly TxList _list;

    public ListFilterTests()
    {
        var story = new PoolStory();
        story.Story.BaseFee = 90;
        story.Story.GasUsed = 15_000_000;
        story.Story.Block("b0").Connect("alpha").Connect("beta").Seen("swap", "beta").Seen("pay", "alpha").Seen("seen", "beta");
        story.Swaps("swap", 500, 0).Swaps("timed", 500, 400, deadline: 1_800_000_000).Calls("move", PoolStory.Token, PoolStory.TransferCall(5));
        story.Story.Arrives("pay", "anna", 0, fee: 200, tip: 50).Arrives("gap", "anna", 2, fee: 89, tip: 1).Arrives("cheap", "bob", 0, fee: 20, tip: 20);
        _list = Listed.Of(story.Story);
    }

    public static TheoryData<string, ListFilter> Filters => new()
    {
        { "swap timed pay gap cheap seen move", new ListFilter() },
        { "gap", new ListFilter { States = [TxState.Queued] } },
        { "gap seen", new ListFilter { States = [TxState.Queued, TxState.Seen] } },
        { "swap timed pay move", new ListFilter { Fees = [FeeClass.Next] } },
        { "gap", new ListFilter { Fees = [FeeClass.Near] } },
        { "cheap seen", new ListFilter { Fees = [FeeClass.Below, FeeClass.Unknown] } },
        { "swap timed", new ListFilter { Categories = [CallCategory.Swap] } },
        { "pay gap cheap move", new ListFilter { Categories = [CallCategory.Transfer] } },
        { "swap", new ListFilter { Flags = [RiskFlagKind.NoDeadline] } },
        { "gap", new ListFilter { Flags = [RiskFlagKind.NonceGap, RiskFlagKind.Underpriced] } },
        { "", new ListFilter { Flags = [RiskFlagKind.NoDeadline, RiskFlagKind.NonceGap] } },
        { "swap timed", new ListFilter { Protocol = "Uniswap-Made" } },
        { "", new ListFilter { Protocol = "uniswap" } },
        { "swap seen", new ListFilter { Source = "beta" } },
        { "swap seen", new ListFilter { Source = SourceId.Of("beta").ToString() } },
        { "", new ListFilter { Source = "gamma" } },
        { "pay gap", new ListFilter { Sender = Named.Account("anna") } },
        { "swap timed", new ListFilter { Text = "ROUTER" } },
        { "timed", new ListFilter { Text = "swapUntil" } },
        { "move", new ListFilter { Text = PoolStory.Token.ToString() } },
        { "seen", new ListFilter { Text = Named.Tx("seen").ToString()[..20] } },
        { "pay gap", new ListFilter { Text = Named.Account("anna").ToString() } },
        { "", new ListFilter { Text = "<script>" } },
        { "pay", new ListFilter { MinTip = new Wei(11) } },
        { "swap timed move", new ListFilter { MaxTip = new Wei(10) } },
        { "swap timed pay move", new ListFilter { MinTip = new Wei(10), MaxTip = new Wei(50) } },
        { "pay", new ListFilter { MinFee = new Wei(101) } },
        { "gap cheap", new ListFilter { MaxFee = new Wei(89) } },
        { "gap", new ListFilter { MinFee = new Wei(89), MaxFee = new Wei(99) } },
        { "pay", new ListFilter { MinTipCap = new Wei(21) } },
        { "gap cheap", new ListFilter { MaxTipCap = new Wei(20), MaxFee = new Wei(89) } },
        { "cheap", new ListFilter { MinTipCap = new Wei(20), MaxTipCap = new Wei(20) } },
        { "", new ListFilter { FirstFrom = new UnixNanoseconds(long.MaxValue) } },
        { "", new ListFilter { FirstTo = new UnixNanoseconds(1) } },
        { "swap timed pay gap cheap seen move", new ListFilter { FirstFrom = new UnixNanoseconds(1), FirstTo = new UnixNanoseconds(long.MaxValue) } },
        { "swap", new ListFilter { Categories = [CallCategory.Swap], Source = "beta", Fees = [FeeClass.Next], States = [TxState.Pending], Flags = [RiskFlagKind.NoDeadline] } },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_chooses(string expected, ListFilter filter)
    {
        var page = Listed.Page(_list, TxSort.Age, filter: filter);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), Listed.Names(page.Rows, _names).Order(StringComparer.Ordinal));
        Assert.Equal(page.Rows.Count, page.Matching);
    }

    [Fact]
    public void A_page_counts_what_matches_on_all_pages()
    {
        var page = Listed.Page(_list, TxSort.Age, filter: new ListFilter { Categories = [CallCategory.Transfer] }, limit: 1);

        Assert.Equal((1, 4), (page.Rows.Count, page.Matching));
        Assert.Equal(7, page.List.Rows.Count);
    }
}
