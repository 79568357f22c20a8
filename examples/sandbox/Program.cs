using System;
using System.IO;
using WhiteMagic.Wasm;

// A file of this text, made by `wat2wasm sum.wat`, or what that gives:
// (module (import "host" "log" (func $log (param i32)))
//   (func (export "sum") (param $n i32) (result i32) (local $s i32)
//     (loop (local.set $s (i32.add (local.get $s) (local.get $n))) (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
//     (call $log (local.get $s)) (local.get $s)))
byte[] bytes = args.Length > 0 ? File.ReadAllBytes(args[0]) : Convert.FromHexString(
    "0061736d01000000010a0260017f0060017f017f020c0104686f7374036c6f670000030201010707010373756d00010a1f011d01017f0340200120006a2101200041016b22000d000b2001" +
    "100020010b");

var store = new WasmStore(new ExecutionLimits { Fuel = 1_000_000, MemoryPages = 16, Deadline = TimeSpan.FromSeconds(1) });
WasmImports allowed = new WasmImports().Add("host", "log", [WasmType.I32], [], (caller, arguments, results) =>
{
    Console.WriteLine($"the module says {(int)arguments[0]}");
    return WasmTrap.None;
});
WasmInstance instance = store.Instantiate(WasmModule.Parse(bytes), allowed);
WasmFunction sum = instance.FindFunction("sum")!;
foreach (ulong n in (ulong[])[100, 10_000_000])
{
    ulong[] result = new ulong[1];
    WasmTrap trap = sum.Call([n], result);
    Console.WriteLine(trap == WasmTrap.None ? $"sum({n}) = {result[0]}, {store.FuelUsed} of fuel" : $"sum({n}) ended in the trap {WasmTraps.NameOf(trap)}");
}
