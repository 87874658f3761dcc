using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Books;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Grains.Abstractions.Competition;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Abstractions.Markets;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Ranking;
using Mempulse.Grains.Abstractions.Relays;
using Mempulse.Grains.Abstractions.Rules;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Abstractions.Sources;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Reasons;
using Orleans.Concurrency;

namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>The fold of a chain's log: the state of every transaction and account at the last applied position. Its key is the chain id.</summary>
/// <remarks>Applies records strictly by position on its own scheduler, in short slices; queries are answered between slices.</remarks>
[Alias("mempulse.IMempoolGrain")]
public interface IMempoolGrain : IGrainWithStringKey
{
    /// <summary>Starts the fold if it is not running.</summary>
    [Alias("Start")]
    ValueTask Start();

    /// <summary>Stops following, saves a checkpoint, and answers when the checkpoint is on disk.</summary>
    [Alias("Suspend")]
    ValueTask Suspend();

    /// <summary>Returns the status of the fold.</summary>
    [Alias("GetStatus")]
    ValueTask<PoolStatus> GetStatus();

    /// <summary>Returns the registry in force; null before the log states one.</summary>
    [Alias("GetRegistry")]
    ValueTask<RegistryStatus?> GetRegistry();

    /// <summary>Returns how decoded trades compared with the logs of their transactions.</summary>
    [Alias("GetDecoders")]
    ValueTask<DecoderGrades> GetDecoders();

    /// <summary>Returns what is to be read of the chain's pools now; null before the first block.</summary>
    /// <param name="mostWanted">Pools to read at most.</param>
    /// <param name="mostSamples">Pools to hold against the chain at most.</param>
    /// <param name="problem">Why the caller could not read what it was asked for last, in a sentence; empty if it could. /health says it.</param>
    /// <param name="unread">How many of the pools asked for the source turned out not to have. /status says it.</param>
    [Alias("GetBookPlan")]
    ValueTask<BookPlan?> GetBookPlan(int mostWanted, int mostSamples, string problem, int unread);

    /// <summary>Returns what is to be read of the chain's lending markets now; null before the first block.</summary>
    /// <param name="mostAccounts">Accounts of one market to read at most.</param>
    /// <param name="mostSamples">Accounts, and reserves, of one market to hold against the chain at most.</param>
    /// <param name="problem">Why the caller could not read what it was asked for last, in a sentence; empty if it could. /health says it.</param>
    [Alias("GetMarketPlan")]
    ValueTask<MarketPlan?> GetMarketPlan(int mostAccounts, int mostSamples, string problem);

    /// <summary>Returns what bundles can be made of now; null before the first block.</summary>
    /// <param name="mostCandidates">Opportunities to return at most.</param>
    [Alias("GetBundlePlan")]
    ValueTask<BundlePlan?> GetBundlePlan(int mostCandidates);

    /// <summary>Returns what is to be done with a bundle; null if the fold does not hold it.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="relays">The relays that are asked about.</param>
    [Alias("GetBundleTask")]
    ValueTask<BundleTask?> GetBundleTask(Hash256 bundle, IReadOnlyList<string> relays);

    /// <summary>Returns a bundle whose block is to be executed again with it; null for none.</summary>
    [Alias("GetExamination")]
    ValueTask<ExaminationTask?> GetExamination();

    /// <summary>Returns the functions whose decoded amounts are not certain.</summary>
    [Alias("GetDriftingFunctions")]
    ValueTask<IReadOnlyList<DriftingFunction>> GetDriftingFunctions();

    /// <summary>Returns the waiting transactions that rank highest. Walks over all of them in slices.</summary>
    /// <param name="limit">Number of places.</param>
    /// <param name="profile">How they are scored; null for the configured profile.</param>
    [AlwaysInterleave, Alias("GetRanking")]
    ValueTask<RankAnswer> GetRanking(int limit, string? profile);

    /// <summary>Returns a page of the waiting transactions. Pages are of a list that is at most a moment old, so that many readers cost the fold no more than one.</summary>
    [AlwaysInterleave, Alias("ListTxs")]
    ValueTask<TxListPage> ListTxs(TxListQuery query);

    /// <summary>Returns the waiting transactions as points.</summary>
    /// <param name="since">The position of the last answer, to get only what changed since; 0 for all points.</param>
    [AlwaysInterleave, Alias("PlotTxs")]
    ValueTask<TxPlot> PlotTxs(GlobalSeq since);

    /// <summary>Returns the waiting transactions that came, changed or ended.</summary>
    /// <param name="since">The position of the last answer, or of a page; 0 for all rows.</param>
    [AlwaysInterleave, Alias("ListTxChanges")]
    ValueTask<TxListChanges> ListTxChanges(GlobalSeq since);

    /// <summary>Returns opportunities in the order of their ranks.</summary>
    [Alias("ListOpportunities")]
    ValueTask<OppPage> ListOpportunities(OppQuery query);

    /// <summary>Returns an opportunity that the fold holds; null if it does not.</summary>
    [Alias("FindOpportunity")]
    ValueTask<OppView?> FindOpportunity(Hash256 id);

    /// <summary>Returns what the fold knows about a transaction beyond its own records.</summary>
    [Alias("FindTx")]
    ValueTask<FoldedTx> FindTx(Hash256 hash);

    /// <summary>Returns why a transaction is not in a block yet, or what became of it. Reads the log beside the fold, which goes on.</summary>
    [AlwaysInterleave, Alias("ExplainTx")]
    ValueTask<WhyAnswer> ExplainTx(Hash256 hash);

    /// <summary>Returns an account as the fold has it.</summary>
    [Alias("FindSender")]
    ValueTask<SenderView> FindSender(Address address);

    /// <summary>Returns the canonical blocks in ascending order, starting with the last final one. A block follower resumes from them.</summary>
    /// <returns>Null until the fold has caught up with the log as it was at the start.</returns>
    [Alias("CanonicalBlocks")]
    ValueTask<IReadOnlyList<FoldedBlock>?> CanonicalBlocks();

    /// <summary>Returns what each source has, except peers. A lane resumes from it, to find what leaves a pool although it was announced before the start.</summary>
    [Alias("GetHoldings")]
    ValueTask<IReadOnlyList<HeldTransactions>> GetHoldings();

    /// <summary>Returns how transactions spread over the last minutes.</summary>
    [Alias("GetPropagation")]
    ValueTask<Propagation> GetPropagation(int minutes);

    /// <summary>Returns the sources that the fold currently tracks.</summary>
    [Alias("GetObservers")]
    ValueTask<IReadOnlyList<KnownObserver>> GetObservers();

    /// <summary>Returns the gaps in a time range, both ends inclusive.</summary>
    [Alias("GetGaps")]
    ValueTask<GapAnswer> GetGaps(UnixNanoseconds first, UnixNanoseconds last);

    /// <summary>Returns the audit of a block. Looks up where the log first names each listed transaction, beside the fold, which goes on.</summary>
    [AlwaysInterleave, Alias("FindAudit")]
    ValueTask<AuditAnswer> FindAudit(AuditQuery query);

    /// <summary>Returns how relays answered lately, and whether requests go to them.</summary>
    [Alias("GetRelays")]
    ValueTask<RelaysAnswer> GetRelays();
}
