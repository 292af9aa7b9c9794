using NeuroHal.DeepR;
using NeuroHal.DeepR.Tests;
using NeuroHal.DeepR.Training;
using NeuroHal.Lockstep.Comparing;
using NeuroHal.Lockstep.Recording;
using NeuroHal.Lockstep.Watching;
using NeuroHal.TestPlugins.Diverging;

namespace NeuroHal.Lockstep.Tests;

/// <summary>Where backends part in training a small network.</summary>
public sealed class TrainingTests
{
    [Theory]
    [InlineData("ReferenceCpu", "SpiNNaker2Emu", 1, WeightPlacement.Sram)]
    [InlineData("ReferenceCpu", "SpiNNaker2Emu", 2, WeightPlacement.Sram)]
    [InlineData("SpiNNaker2Emu", "ReferenceCpu", 2, WeightPlacement.Dram)]
    public void Two_good_backends_do_not_part(string reference, string actual, int cores, WeightPlacement weights)
    {
        RunComparer found = Programs.Compare(
            Devices.Open(reference, cores), Devices.Open(actual, cores), Programs.Train(Some.SmallNetwork with { Weights = weights }));
        Assert.Null(found.Divergence);
        Assert.True(found.Supersteps > 120, $"{found.Supersteps} supersteps");
        Assert.True(found.KernelCalls > 120 * 3 * cores, $"{found.KernelCalls} kernel calls");
    }

    [Theory]
    [InlineData("ReferenceCpu", 1)]
    [InlineData("SpiNNaker2Emu", 2)]
    public void Looking_on_changes_no_result(string backend, int cores)
    {
        Assert.Equal(Weights(Devices.Open(backend, cores)), Weights(
            new WatchedDevice(Devices.Open(backend, cores), new RunRecorder(cores, new RecordList()))));

        static string Weights(IDevice device)
        {
            var trainer = new Trainer(device, Some.SmallNetwork);
            trainer.TrainEpoch(trainer.Load("samples", Some.Quarters(60)));
            return trainer.ReadNetwork().Sha256;
        }
    }

    [Fact]
    public void A_kernel_that_is_wrong_from_some_call_on_is_found_at_that_call_to_the_element()
    {
        var slip = new Slip(SlipKind.Nudge, 1, 5) { Kernel = "sparse-update", Buffer = "layer 2 theta", Element = 2, Ulps = 7 };
        RunComparer found = Programs.Compare(Devices.Open("ReferenceCpu", 2), Devices.Open("SpiNNaker2Emu", 2, slip), Programs.Train);
        // A sample is three supersteps after the first one of all; each updates both layers, the second at its own end.
        var value = Assert.IsType<ValueDivergence>(found.Divergence);
        Assert.Equal((1 + (3 * 3), "backward 2", 1), (value.Superstep, value.SuperstepName, value.Core));
        Assert.Equal((EventKind.Kernel, "sparse-update", 5, 3), (value.Kind, value.Kernel, value.Call, value.CallInSuperstep));
        Assert.Equal(("layer 2 theta", 2, "", 1, 7UL), (value.Buffer, value.Element, value.Field, value.Differing, value.Ulps));
        Assert.NotEqual(value.Expected, value.Actual);
        Assert.Equal(value.Superstep - 1, found.Supersteps);
    }

    [Fact]
    public void What_a_core_sent_and_lost_is_found_where_it_should_have_arrived()
    {
        RunComparer found = Programs.Compare(
            Devices.Open("ReferenceCpu", 2), Devices.Open("ReferenceCpu", 2, new Slip(SlipKind.LosesSends, 0, 1)), Programs.Train);
        var value = Assert.IsType<ValueDivergence>(found.Divergence);
        Assert.Equal((2, "forward 1", 1), (value.Superstep, value.SuperstepName, value.Core));
        Assert.Equal((EventKind.Barrier, "", 0), (value.Kind, value.Kernel, value.Call));
        Assert.Equal("0 (0x00000000)", value.Actual);
    }

    [Theory]
    [InlineData(SlipKind.LosesLoads, EventKind.Wait)]
    [InlineData(SlipKind.LandsLoadsAtOnce, EventKind.Load)]
    public void What_a_core_loaded_and_did_not_get_in_time_is_found_then(SlipKind slip, EventKind seen)
    {
        RunComparer found = Programs.Compare(
            Devices.Open("ReferenceCpu"), Devices.Open("SpiNNaker2Emu", slip: new Slip(slip, 0, 3)), Programs.Train);
        var value = Assert.IsType<ValueDivergence>(found.Divergence);
        Assert.Equal((seen, "", 3), (value.Kind, value.Kernel, value.Call));
    }

    [Fact]
    public void A_recording_finds_the_same_as_the_backend_that_it_is_of()
    {
        var slip = new Slip(SlipKind.Nudge, 0, 4) { Kernel = "sparse-forward", Buffer = "activations 1", Element = 1 };
        Divergence? alive = Programs.Compare(Devices.Open("ReferenceCpu"), Devices.Open("SpiNNaker2Emu", slip: slip), Programs.Train).Divergence;
        using var file = new RecordingFile();
        file.Record(Programs.Train);
        using RecordingReader recording = RecordingReader.Open(file.Path);
        Assert.NotNull(alive);
        Assert.Equal(alive, Programs.Compare(recording, Devices.Open("SpiNNaker2Emu", slip: slip), Programs.Train).Divergence);
    }

    [Fact]
    public void A_recording_of_a_good_backend_ends_when_the_run_does()
    {
        using var file = new RecordingFile();
        file.Record(Programs.Train);
        using RecordingReader recording = RecordingReader.Open(file.Path);
        RunComparer found = Programs.Compare(recording, Devices.Open("SpiNNaker2Emu"), Programs.Train);
        Assert.Null(found.Divergence);
        Assert.Equal(recording.Supersteps, found.Supersteps);
        Assert.False(recording.IsCut);
    }

    [Fact]
    public void A_recording_stays_below_its_limit_and_is_compared_as_far_as_it_goes()
    {
        using var file = new RecordingFile();
        file.Record(Programs.Train, limit: 20_000);
        Assert.InRange(new FileInfo(file.Path).Length, 15_000, 20_000 + 100);
        using RecordingReader recording = RecordingReader.Open(file.Path);
        RunComparer found = Programs.Compare(recording, Devices.Open("SpiNNaker2Emu"), Programs.Train);
        Assert.Null(found.Divergence);
        Assert.True(recording.IsCut);
        Assert.Equal(recording.Supersteps, found.Supersteps);
    }
}
