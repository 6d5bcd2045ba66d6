#!/usr/bin/env node
<!-- from the beginnings of the language
var let = 1, async = 2, yield = 3, await = 4, of = 5, get = 6, static = 7;
let
other = 017 + 08.5;
var async; async
function later() {}
a = b
++c
with (context) { entities.age = 1; }
for (var i = 0 in {}) ;
for (of of [of]) ;
for (async in {}) ;
if (a) function f() {} else function g() {}
x: function labelled() {}
delete a; eval = 1; arguments = 2;
function twice(a, a) { return a
+ 1 }
yield: while (1) break yield;
var r = a / b / c, s = (a) / 2, t = [1] / 2, u = {} / 2
{ } /x/.test(a)
;`${`${{a: 1}.a}`}`
f() = 1;
var \u0061bc = "\07", ünïcode = 1, $_ = 2;
try { } catch (e) { var e = 1; }
async () => {}
async (a, b)
async
(a) => a
-->
