/**
 * Python's pickles are programs that may call any function. This machine builds data and nothing else: a name asked for
 * by GLOBAL or STACK_GLOBAL is looked up in a short list of data constructors (pickleConstructors.ts); every other name
 * is an error that says which one.
 *
 * Lengths are checked against the bytes that are there, and instructions, nesting and the numbers made are bounded: no
 * input takes more time or memory than a multiple of its own size.
 * Source: Python's pickletools, protocols 0 to 5.
 */
import type { FileValue } from './format.ts';
import { oldTorchStorage } from './oldTorch.ts';
import { decimal, float, longFrom, quoted, unescaped } from './pickleLiterals.ts';
import { PickleMachine } from './pickleMachine.ts';
import type { PersistentLoad } from './pickleMachine.ts';
import { finish } from './pickleValues.ts';
import type { PickleValue } from './pickleValues.ts';

const mostInstructions = 1_000_000;

/** The pickle at the start of the bytes. */
export function unpickle(bytes: Uint8Array, name: string, load?: PersistentLoad): FileValue {
  const leave = { left: mostInstructions }; // one for all: pickles inside of pickles may be asked for again and again
  const machine: PickleMachine = new PickleMachine(bytes, name, load, (inside) =>
    oldTorchStorage(inside, machine.fail, (part, find) => {
      const inner = new PickleMachine(part, name, find);
      return { value: run(inner, leave), length: inner.position };
    }),
  );
  return finish(run(machine, leave), machine.fail);
}

/** What the instructions up to STOP leave on the stack. */
function run(machine: PickleMachine, leave: { left: number }): PickleValue {
  while (leave.left > 0) {
    leave.left -= 1;
    const code = machine.uint(1);
    if (code === stop) return machine.pop();
    const operation = operations[String.fromCharCode(code)];
    if (!operation) return machine.fail('opcode', `its instruction 0x${code.toString(16)} is not known here`);
    operation(machine);
  }
  return machine.fail('size', `it has more than ${mostInstructions} instructions`);
}

const stop = '.'.charCodeAt(0);

/** What each instruction does. Those that only code can use (OBJ, EXT, out-of-band buffers) are not here, so refused. */
const operations: Readonly<Record<string, (m: PickleMachine) => void>> = {
  '\x80': (m) => void m.uint(1), // PROTO
  '\x95': (m) => void m.uint(8), // FRAME: only tells how much to read ahead
  '(': (m) => m.pushMark(),
  '0': (m) => m.discard(),
  '1': (m) => void m.popToMark(),
  '2': (m) => m.push(m.top()), // DUP
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: (m) => {
    const line = m.line();
    m.push(line === '00' ? false : line === '01' ? true : decimal(m, line));
  },
  L: (m) => m.push(decimal(m, m.line())),
  J: (m) => m.push(m.int32()),
  K: (m) => m.push(m.uint(1)),
  M: (m) => m.push(m.uint(2)),
  '\x8a': (m) => m.push(longFrom(m, m.raw(m.uint(1)))), // LONG1
  '\x8b': (m) => m.push(longFrom(m, m.raw(m.uint(4)))), // LONG4
  F: (m) => m.push(float(m, m.line())),
  G: (m) => m.push(m.float64()),
  S: (m) => m.push(quoted(m, m.line())),
  T: (m) => m.push(m.raw(m.uint(4))), // BINSTRING: bytes of Python 2
  U: (m) => m.push(m.raw(m.uint(1))),
  B: (m) => m.push(m.raw(m.uint(4))), // BINBYTES
  C: (m) => m.push(m.raw(m.uint(1))),
  '\x8e': (m) => m.push(m.raw(m.uint(8))),
  '\x96': (m) => m.push(m.raw(m.uint(8))), // BYTEARRAY8
  V: (m) => m.push(unescaped(m.line())),
  X: (m) => m.push(m.text(m.uint(4))),
  '\x8c': (m) => m.push(m.text(m.uint(1))),
  '\x8d': (m) => m.push(m.text(m.uint(8))),
  ']': (m) => m.push([]),
  ')': (m) => m.push([]), // EMPTY_TUPLE
  '}': (m) => m.push(new Map()),
  '\x8f': (m) => m.push([]), // EMPTY_SET
  l: (m) => m.push(m.popToMark()),
  t: (m) => m.push(m.popToMark()),
  '\x91': (m) => m.push(m.popToMark()), // FROZENSET
  d: (m) => m.dictionary(m.popToMark()),
  '\x85': (m) => m.tuple(1),
  '\x86': (m) => m.tuple(2),
  '\x87': (m) => m.tuple(3),
  a: (m) => m.append([m.pop()]),
  e: (m) => m.append(m.popToMark()),
  '\x90': (m) => m.append(m.popToMark()), // ADDITEMS
  s: (m) => {
    const value = m.pop();
    const key = m.pop();
    m.setItems([key, value]);
  },
  u: (m) => m.setItems(m.popToMark()),
  p: (m) => m.remember(Number(decimal(m, m.line()))),
  q: (m) => m.remember(m.uint(1)),
  r: (m) => m.remember(m.uint(4)),
  '\x94': (m) => m.rememberNext(),
  g: (m) => m.recall(Number(decimal(m, m.line()))),
  h: (m) => m.recall(m.uint(1)),
  j: (m) => m.recall(m.uint(4)),
  c: (m) => m.global(m.line(), m.line()),
  '\x93': (m) => {
    const name = m.pop();
    m.global(m.pop(), name);
  },
  R: (m) => m.call(m.pop()),
  '\x81': (m) => m.call(m.pop()), // NEWOBJ
  i: (m) => {
    const args = m.popToMark(); // INST
    m.global(m.line(), m.line());
    m.call(args);
  },
  b: (m) => m.build(),
  P: (m) => m.persistent(m.line()),
  Q: (m) => m.persistent(m.pop()),
};
