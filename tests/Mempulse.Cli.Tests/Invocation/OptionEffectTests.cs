using System.CommandLine;
using Mempulse.Cli.Invocation;
using Mempulse.Cli.Terminals;
using Mempulse.Cli.Tests.Audits;
using Mempulse.Cli.Tests.Bundles;
using Mempulse.Cli.Tests.Captures;
using Mempulse.Cli.Tests.Cases;
using Mempulse.Cli.Tests.Databases;
using Mempulse.Cli.Tests.Executors;
using Mempulse.Cli.Tests.Keys;
using Mempulse.Cli.Tests.Logs;
using Mempulse.Cli.Tests.Monitoring;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Cli.Tests.Ranking;
using Mempulse.Cli.Tests.Reasons;
using Mempulse.Cli.Tests.Recording;
using Mempulse.Cli.Tests.Registries;
using Mempulse.Cli.Tests.Relays;
using Mempulse.Cli.Tests.Replays;
using Mempulse.Cli.Tests.Simulations;
using Mempulse.Cli.Tests.Traces;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Tests.Invocation;

/// <summary>Every option of every command, given, changes what its description says. An option without a row fails.</summary>
public sealed class OptionEffectTests(PlayedLog played)
{
    private const string Log = "{log}";

    /// <summary>A call of a universal router with no command: every version of the layout reads it.</summary>
    private static readonly string ExecuteNothing = $"0x24856bc3{64:x64}{96:x64}{0:x64}{0:x64}";

    private static readonly OptionRow[] _rows =
    [
        new("log dump --from", ["log", "dump", Log, "--to", "5"], ["--from", "4"], (without, with) => without.Lines.Count == 5 && with.Lines.SequenceEqual(without.Lines.Skip(3))),
        new("log dump --to", ["log", "dump", Log, "--from", "10040"], ["--to", "10041"], (without, with) => without.Lines.Count > 2 && with.Lines.SequenceEqual(without.Lines.Take(2))),
        new("log dump --kind", ["log", "dump", Log], ["--kind", "ReorgDetected"], (without, with) => with.Lines.Count > 0 && with.Lines.SequenceEqual(without.Lines.Where(line => line.Split(' ')[2] == "ReorgDetected" || line.Split(' ')[2].StartsWith("ReorgDetected<", StringComparison.Ordinal)))),
        new("replay --every", ["replay", Log, "--to", "3000"], ["--every", "1000"], (without, with) => without.Lines.Count == 1 && with.Lines.Count == 3 && with.Lines[0].StartsWith("1000 ", StringComparison.Ordinal) && with.Lines[1].StartsWith("2000 ", StringComparison.Ordinal) && with.Lines[2] == without.Lines[0]),
        new("replay --to", ["replay", Log], ["--to", "3000"], (without, with) => with.Lines[^1].StartsWith("final 3000 ", StringComparison.Ordinal) && !without.Lines[^1].StartsWith("final 3000 ", StringComparison.Ordinal)),
        new("replay --json", ["replay", Log, "--to", "10"], ["--json"], (without, with) => without.Lines[^1] == $"final 10 {(string)with.Json["digest"]!}"),
        new("decode --to", ["decode", "0xd0e30db0"], ["--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], (without, with) => without.ExitCode == 2 && with.Lines[0].StartsWith("deposit ", StringComparison.Ordinal)),
        new("decode --from", ["decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], ["--from", "0x00000000000000000000000000000000000000ee"], (without, with) => without.Lines[1].EndsWith("00", StringComparison.Ordinal) && with.Lines[1].EndsWith("ee", StringComparison.Ordinal)),
        new("decode --value", ["decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], ["--value", "12"], (without, with) => without.Lines[1].StartsWith("wrap         0 ", StringComparison.Ordinal) && with.Lines[1].StartsWith("wrap         12 ", StringComparison.Ordinal)),
        new("decode --chain", ["decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], ["--chain", "999"], (without, with) => without.Lines[0].Contains("[Decoded]", StringComparison.Ordinal) && with.Lines[0].Contains("[BySelector]", StringComparison.Ordinal)),
        new("decode --block", ["decode", ExecuteNothing, "--to", "0x66a9893cc07d91d95644aedd05d03f95e1dba8af"], ["--block", "21689091"], (without, with) => without.Lines[0].Contains("[Decoded]", StringComparison.Ordinal) && with.Lines[0].Contains("[BySelector]", StringComparison.Ordinal)),
        new("decode --registry", ["decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], ["--registry", "{none}/x"], (without, with) => without.ExitCode == 0 && with.ExitCode == 2),
        new("decode --json", ["decode", "0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"], ["--json"], (without, with) => without.Lines[0].StartsWith("deposit ", StringComparison.Ordinal) && (string)with.Json["call"]!["function"]! == "deposit"),
        new("diff --from", ["diff", Log, "--to", "10"], ["--from", "9"], (without, with) => without.ExitCode == 2 && with.Lines[0].StartsWith("from 9 ", StringComparison.Ordinal)),
        new("diff --to", ["diff", Log, "--from", "1"], ["--to", "10"], (without, with) => with.Lines[1].StartsWith("to   10 ", StringComparison.Ordinal) && !without.Lines[1].StartsWith("to   10 ", StringComparison.Ordinal)),
        new("diff --limit", ["diff", Log, "--from", "0"], ["--limit", "1"], (without, with) => Listed(without) == 100 && Listed(with) == 1 && with.Lines[^1].StartsWith("and ", StringComparison.Ordinal)),
        new("log stats --json", ["log", "stats", Log], ["--json"], (without, with) => without.Lines[0].Contains($" {(int)with.Json["events"]!} events, ", StringComparison.Ordinal)),
        new("log verify --json", ["log", "verify", Log], ["--json"], (without, with) => without.Lines[0].EndsWith("is sound.", StringComparison.Ordinal) && (bool)with.Json["sound"]!),
        new("log dump --json", ["log", "dump", Log, "--to", "1"], ["--json"], (without, with) => without.Lines[0].StartsWith("1 ", StringComparison.Ordinal) && (int)with.Json["seq"]! == 1),
        new("diff --json", ["diff", Log, "--from", "0", "--to", "9"], ["--json"], (without, with) => without.Lines[1].Contains((string)with.Json["to"]!["digest"]!, StringComparison.Ordinal)),
        new("capture stats --json", ["capture", "stats", "{capture}"], ["--json"], (without, with) => without.Lines[0] == (string)with.Json["title"]!),
        new("capture play --speed", ["capture", "play", "{capture}", "--out", Log], ["--speed", "0.009"], (without, with) => without.Error.Contains("not empty", StringComparison.Ordinal) && with.Error.Contains("not a valid speed", StringComparison.Ordinal)),
        new("capture make --first", ["capture", "make", "--blocks", "{blocks}", "--out", "{none}/x", "--last", "22431083"], ["--first", "22431081"], (without, with) => without.ExitCode == 2 && without.Error.Contains("{none}", StringComparison.Ordinal) == false && with.Error.Contains("'22431081 to 22431083' is not a valid range", StringComparison.Ordinal)),
        new("capture make --last", ["capture", "make", "--blocks", "{blocks}", "--out", "{none}/x"], ["--last", "22431082"], (_, with) => with.Error.Contains("'22431080 to 22431082' is not a valid range", StringComparison.Ordinal)),
        new("registry check --limit", ["registry", "check", "{registry}"], ["--limit", "1"], (without, with) => without.Lines.Count > with.Lines.Count && with.Lines[^1].StartsWith("and ", StringComparison.Ordinal)),
        new("registry check --against", ["registry", "check", "{registry}", "--limit", "0"], ["--against", "{registry}"], (without, with) => with.Lines[^1].StartsWith("0 changes from 0x", StringComparison.Ordinal) && !without.Lines[^1].Contains("changes", StringComparison.Ordinal)),
        new("registry check --json", ["registry", "check", "{registry}"], ["--json"], (without, with) => without.Lines[0] == $"version {(string)with.Json["version"]!}"),
        OptionRow.Held("registry import --into", nameof(RegistryImportTests), nameof(RegistryImportTests.A_contract_keeps_its_functions_and_gets_those_that_it_has_not_on_the_chains_that_are_named)),
        OptionRow.Held("registry import --out", nameof(RegistryImportTests), nameof(RegistryImportTests.A_contract_keeps_its_functions_and_gets_those_that_it_has_not_on_the_chains_that_are_named)),
        OptionRow.Held("registry import --json", nameof(RegistryImportTests), nameof(RegistryImportTests.The_shipped_descriptors_are_added_to_the_shipped_registry_by_default)),
        OptionRow.Held("opps --at", nameof(OppsTests), nameof(OppsTests.The_opportunities_of_a_log_are_listed_at_a_position)),
        OptionRow.Held("opps --json", nameof(OppsTests), nameof(OppsTests.The_opportunities_of_a_log_are_listed_at_a_position)),
        OptionRow.Held("opps --status", nameof(OppsTests), nameof(OppsTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("opps --strategy", nameof(OppsTests), nameof(OppsTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("opps --min-score", nameof(OppsTests), nameof(OppsTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("opps --limit", nameof(OppsTests), nameof(OppsTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("bundles --at", nameof(BundlesTests), nameof(BundlesTests.The_bundles_of_a_log_are_listed_the_newest_first_with_what_became_of_each)),
        OptionRow.Held("bundles --json", nameof(BundlesTests), nameof(BundlesTests.The_bundles_of_a_log_are_listed_the_newest_first_with_what_became_of_each)),
        OptionRow.Held("bundles --verdict", nameof(BundlesTests), nameof(BundlesTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("bundles --limit", nameof(BundlesTests), nameof(BundlesTests.Only_those_that_are_asked_for_are_listed)),
        OptionRow.Held("relays --at", nameof(BundlesTests), nameof(BundlesTests.The_relays_of_a_log_are_listed_with_how_they_answered)),
        OptionRow.Held("relays --json", nameof(BundlesTests), nameof(BundlesTests.The_relays_of_a_log_are_listed_with_how_they_answered)),
        OptionRow.Held("case export --data", nameof(CaseTests), nameof(CaseTests.What_cannot_be_exported_or_read_is_refused_with_a_sentence)),
        OptionRow.Held("case export --out", nameof(CaseTests), nameof(CaseTests.A_transaction_of_mainnet_is_reproduced_from_its_file_alone)),
        OptionRow.Held("case export --at", nameof(CaseTests), nameof(CaseTests.The_answer_in_a_case_is_that_of_the_log_at_its_position)),
        OptionRow.Held("case export --private", nameof(CaseBundleTests), nameof(CaseBundleTests.What_can_still_be_executed_is_in_the_file_only_if_it_is_asked_for)),
        OptionRow.Held("case export --json", nameof(CaseTests), nameof(CaseTests.A_transaction_of_mainnet_is_reproduced_from_its_file_alone)),
        OptionRow.Held("case verify --json", nameof(CaseTests), nameof(CaseTests.A_transaction_of_mainnet_is_reproduced_from_its_file_alone)),
        OptionRow.Held("why --data", nameof(WhyTests), nameof(WhyTests.A_directory_without_a_log_is_bad_usage)),
        OptionRow.Held("why --at", nameof(WhyTests), nameof(WhyTests.The_answer_is_for_the_position_that_is_asked_for)),
        OptionRow.Held("why --json", nameof(WhyTests), nameof(WhyTests.Text_and_json_have_the_same_words)),
        OptionRow.Held("audit --data", nameof(AuditTests), nameof(AuditTests.What_is_not_on_record_is_refused_with_a_sentence)),
        OptionRow.Held("audit --json", nameof(AuditTests), nameof(AuditTests.Text_and_json_say_the_same)),
        OptionRow.Held("db migrate --connection-name", nameof(DatabaseTests), nameof(DatabaseTests.The_connection_string_comes_from_the_environment_under_the_name_that_is_given)),
        OptionRow.Held("db migrate --connection-file", nameof(DatabaseTests), nameof(DatabaseTests.A_migration_is_made_once_and_the_status_says_its_version)),
        OptionRow.Held("db migrate --json", nameof(DatabaseTests), nameof(DatabaseTests.Text_and_json_say_the_same)),
        OptionRow.Held("db status --connection-name", nameof(DatabaseTests), nameof(DatabaseTests.The_connection_string_comes_from_the_environment_under_the_name_that_is_given)),
        OptionRow.Held("db status --connection-file", nameof(DatabaseTests), nameof(DatabaseTests.A_migration_is_made_once_and_the_status_says_its_version)),
        OptionRow.Held("db status --json", nameof(DatabaseTests), nameof(DatabaseTests.Text_and_json_say_the_same)),
        OptionRow.Held("key new --operate", nameof(KeyNewTests), nameof(KeyNewTests.A_key_that_may_operate_says_so)),
        OptionRow.Held("key new --json", nameof(KeyNewTests), nameof(KeyNewTests.Each_key_is_new_and_its_hash_is_that_of_its_text)),
        OptionRow.Held("trace export --data", nameof(TraceExportTests), nameof(TraceExportTests.A_directory_without_a_log_is_bad_usage)),
        OptionRow.Held("trace export --otlp", nameof(TraceExportTests), nameof(TraceExportTests.It_is_sent_to_a_collector)),
        OptionRow.Held("trace export --json", nameof(TraceExportTests), nameof(TraceExportTests.Json_is_a_request_of_OTLP_and_the_same_each_time)),
        OptionRow.Held("explain --at", nameof(ExplainTests), nameof(ExplainTests.A_transaction_is_explained_at_a_position_and_compared_with_another)),
        OptionRow.Held("explain --json", nameof(ExplainTests), nameof(ExplainTests.A_transaction_is_explained_at_a_position_and_compared_with_another)),
        OptionRow.Held("explain --profile", nameof(ExplainTests), nameof(ExplainTests.The_original_profile_is_chosen_by_its_name)),
        OptionRow.Held("capture make --blocks", nameof(MainnetPectraTests), nameof(MainnetPectraTests.The_shipped_capture_is_reproduced_byte_for_byte)),
        OptionRow.Held("capture make --out", nameof(MainnetPectraTests), nameof(MainnetPectraTests.The_shipped_capture_is_reproduced_byte_for_byte)),
        OptionRow.Held("capture make --provenance", nameof(MainnetPectraTests), nameof(MainnetPectraTests.The_shipped_capture_is_reproduced_byte_for_byte)),
        OptionRow.Held("capture make --title", nameof(OptionEffectTests), nameof(A_capture_has_its_title_and_its_size)),
        OptionRow.Held("capture make --json", nameof(OptionEffectTests), nameof(A_capture_has_its_title_and_its_size)),
        OptionRow.Held("capture make --seed", nameof(MainnetPectraTests), nameof(MainnetPectraTests.Another_seed_gives_other_arrivals_of_the_same_blocks)),
        OptionRow.Held("capture excerpt --blocks", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.The_shipped_files_are_reproduced_byte_for_byte)),
        OptionRow.Held("capture excerpt --numbers", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.What_cannot_be_made_is_refused_with_a_sentence_and_leaves_no_file)),
        OptionRow.Held("capture excerpt --out", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.The_shipped_files_are_reproduced_byte_for_byte)),
        OptionRow.Held("capture excerpt --next", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.What_cannot_be_made_is_refused_with_a_sentence_and_leaves_no_file)),
        OptionRow.Held("capture excerpt --next-blocks", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.The_shipped_files_are_reproduced_byte_for_byte)),
        OptionRow.Held("capture excerpt --provenance", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.The_shipped_files_are_reproduced_byte_for_byte)),
        OptionRow.Held("capture excerpt --seed", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.Another_seed_and_another_title_give_another_capture_of_the_same_states)),
        OptionRow.Held("capture excerpt --title", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.Another_seed_and_another_title_give_another_capture_of_the_same_states)),
        OptionRow.Held("capture excerpt --json", nameof(MainnetSwapsTests), nameof(MainnetSwapsTests.The_shipped_files_are_reproduced_byte_for_byte)),
        OptionRow.Held("capture play --out", nameof(CapturePlayTests), nameof(CapturePlayTests.Two_runs_write_the_same_bytes_in_every_file)),
        OptionRow.Held("capture play --json", nameof(PlayedLog), nameof(PlayedLog.InitializeAsync)),
        OptionRow.Held("log dump --past-damage", nameof(LogCommandTests), nameof(LogCommandTests.A_dump_and_statistics_continue_past_damage_on_request_and_a_replay_never_does)),
        OptionRow.Held("log stats --past-damage", nameof(LogCommandTests), nameof(LogCommandTests.A_dump_and_statistics_continue_past_damage_on_request_and_a_replay_never_does)),
        OptionRow.Held("replay --from", nameof(CheckpointStartTests), nameof(CheckpointStartTests.A_replay_from_a_checkpoint_ends_in_the_digest_of_the_whole_one)),
        OptionRow.Held("replay --check", nameof(DivergenceTests), nameof(DivergenceTests.Without_the_check_a_divergence_is_not_an_error)),
        OptionRow.Held("record --rpc", nameof(RecordTests), nameof(RecordTests.An_address_that_is_not_a_nodes_is_bad_usage_and_leaves_no_directory)),
        OptionRow.Held("record --out", nameof(RecordTests), nameof(RecordTests.A_recording_continues_in_the_same_log)),
        OptionRow.Held("record --chain", nameof(RecordTests), nameof(RecordTests.Recording_from_a_node_of_another_chain_fails_with_a_sentence)),
        OptionRow.Held("record --for", nameof(RecordTests), nameof(RecordTests.Recording_without_a_reachable_node_fails_with_a_sentence)),
        OptionRow.Held("record --patience", nameof(RecordTests), nameof(RecordTests.Recording_without_a_reachable_node_fails_with_a_sentence)),
        OptionRow.Held("record --registry", nameof(StatedRegistryTests), nameof(StatedRegistryTests.A_file_that_is_not_a_registry_is_bad_usage_and_leaves_no_directory)),
        OptionRow.Held("capture play --registry", nameof(StatedRegistryTests), nameof(StatedRegistryTests.A_play_states_the_registry_of_its_option_or_the_shipped_one)),
        OptionRow.Held("record --json", nameof(RecordTests), nameof(RecordTests.A_recording_continues_in_the_same_log)),
        OptionRow.Held("top --url", nameof(TopTests), nameof(TopTests.An_invalid_address_is_bad_usage_and_an_unreachable_one_an_environment_failure)),
        OptionRow.Held("top --chain", nameof(TopTests), nameof(TopTests.A_chain_is_asked_for_by_its_id)),
        OptionRow.Held("top --interval", nameof(TopTests), nameof(TopTests.An_interval_or_a_count_beyond_its_bounds_is_bad_usage)),
        OptionRow.Held("top --count", nameof(TopTests), nameof(TopTests.It_shows_rates_pool_lag_queues_drops_and_sources)),
        OptionRow.Held("top --json", nameof(TopTests), nameof(TopTests.With_json_it_prints_the_nodes_answer_on_one_line)),
        OptionRow.Held("executor deploy --rpc", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.Bad_usage_is_a_sentence_before_anything_is_asked)),
        OptionRow.Held("executor deploy --weth", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.What_stands_in_the_way_is_a_sentence)),
        OptionRow.Held("executor deploy --chain", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.What_stands_in_the_way_is_a_sentence)),
        OptionRow.Held("executor deploy --key-file", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.A_key_file_with_another_password_is_bad_usage)),
        OptionRow.Held("executor deploy --send", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.A_dry_run_plans_what_a_send_then_does_and_the_operator_owns_the_contract)),
        OptionRow.Held("executor deploy --patience", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.Bad_usage_is_a_sentence_before_anything_is_asked)),
        OptionRow.Held("executor deploy --json", nameof(ExecutorDeployTests), nameof(ExecutorDeployTests.A_dry_run_plans_what_a_send_then_does_and_the_operator_owns_the_contract)),
        OptionRow.Held("relay-sim --dialect", nameof(RelaySimTests), nameof(RelaySimTests.It_speaks_the_dialect_at_its_port_and_ends_after_the_requests_that_were_asked_for)),
        OptionRow.Held("relay-sim --port", nameof(RelaySimTests), nameof(RelaySimTests.It_speaks_the_dialect_at_its_port_and_ends_after_the_requests_that_were_asked_for)),
        OptionRow.Held("relay-sim --count", nameof(RelaySimTests), nameof(RelaySimTests.It_speaks_the_dialect_at_its_port_and_ends_after_the_requests_that_were_asked_for)),
        OptionRow.Held("relay-sim --json", nameof(RelaySimTests), nameof(RelaySimTests.It_speaks_the_dialect_at_its_port_and_ends_after_the_requests_that_were_asked_for)),
        OptionRow.Held("relay-sim --fault", nameof(RelaySimTests), nameof(RelaySimTests.Faults_come_in_the_order_of_their_options)),
        OptionRow.Held("relay-sim --late-by", nameof(RelaySimTests), nameof(RelaySimTests.A_late_answer_comes_after_the_time_that_was_asked_for)),
        OptionRow.Held("relay-sim --rpc", nameof(RelaySimTests), nameof(RelaySimTests.Blocks_are_made_on_the_node_at_the_interval)),
        OptionRow.Held("relay-sim --every", nameof(RelaySimTests), nameof(RelaySimTests.Blocks_are_made_on_the_node_at_the_interval)),
        OptionRow.Held("sim rerun --log", nameof(SimRerunTests), nameof(SimRerunTests.An_unknown_simulation_is_reported_with_the_log)),
        OptionRow.Held("sim rerun --trace", nameof(SimRerunTests), nameof(SimRerunTests.The_logged_result_is_reproduced_and_its_traces_are_written)),
        OptionRow.Held("sim rerun --steps", nameof(SimRerunTests), nameof(SimRerunTests.Steps_can_be_written_even_if_none_were_logged)),
        OptionRow.Held("sim rerun --json", nameof(SimRerunTests), nameof(SimRerunTests.The_logged_result_is_reproduced_and_its_traces_are_written)),
    ];

    public static TheoryData<string> Runs => [.. _rows.Where(row => row.Holds is not null).Select(row => row.Option)];

    [Fact]
    public void Every_option_of_every_command_has_a_row_and_every_named_test_exists()
    {
        var root = CommandLine.BuildRoot(new CommandContext(new Terminal(TextWriter.Null, TextWriter.Null, WriterKind.File, WriterKind.File), TimeProvider.System));
        var actual = Options(root, string.Empty).Order(StringComparer.Ordinal);

        Assert.Equal(actual, _rows.Select(row => row.Option).Order(StringComparer.Ordinal));
        Assert.All(_rows.Where(row => row.Holds is null), row => Assert.Contains(typeof(OptionEffectTests).Assembly.GetTypes(), type => row.HeldBy.StartsWith(type.Name + ".", StringComparison.Ordinal) && type.GetMethod(row.HeldBy[(type.Name.Length + 1)..]) is not null));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task An_option_changes_what_it_says(string option)
    {
        var row = _rows.Single(row => row.Option == option);

        var without = await CliRun.InProcessAsync(Filled(row.Without));
        var with = await CliRun.InProcessAsync(Filled([.. row.Without, .. row.With]));

        Assert.True(row.Holds!(without, with), $"without it: {Shown(without)}\nwith it: {Shown(with)}");
    }

    [Fact]
    public async Task A_capture_has_its_title_and_its_size()
    {
        using var scratch = new ScratchDirectory();

        var made = await CliRun.InProcessAsync("capture", "make", "--blocks", BlocksPath, "--out", scratch["made.mpc"], "--last", "22431083", "--title", "mine", "--json");
        var stats = await CliRun.InProcessAsync("capture", "stats", scratch["made.mpc"], "--json");

        Assert.Equal((4, new FileInfo(scratch["made.mpc"]).Length, "mine"), ((int)made.Json["blocks"]!, (long)made.Json["bytes"]!, (string)stats.Json["title"]!));
        Assert.Equal([scratch["made.mpc"]], Directory.GetFiles(scratch.Path)); // and nothing beside it
    }

    private static string BlocksPath => Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet", "blocks-rpc.tar.zst");

    private static string Shown(CliRun run) => $"{run.ExitCode} {run.Error}{string.Join('\n', run.Lines.Take(8))}";

    private static int Listed(CliRun run) => run.Lines.Count(line => line.StartsWith("0x", StringComparison.Ordinal));

    private string[] Filled(string[] arguments) =>
        [.. arguments.Select(text => text.Replace(Log, played.Directory, StringComparison.Ordinal).Replace("{capture}", PlayedLog.SamplePath, StringComparison.Ordinal).Replace("{blocks}", BlocksPath, StringComparison.Ordinal).Replace("{registry}", RegistryFile.Shipped, StringComparison.Ordinal).Replace("{none}", "/proc/none", StringComparison.Ordinal))];

    private static IEnumerable<string> Options(Command command, string path) => command.Subcommands.Count > 0
        ? command.Subcommands.SelectMany(child => Options(child, path.Length == 0 ? child.Name : $"{path} {child.Name}"))
        : command.Options.Where(option => option is not System.CommandLine.Help.HelpOption).Select(option => $"{path} {option.Name}").Append($"{path} --json");
}
